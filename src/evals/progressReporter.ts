import type { Clock } from '../core/ports/runtime.ts';
import type { EvaluationProgress } from './evaluation.ts';

/** The first steps say little about the others. */
const SETTLED_MS = 2_000;
const SETTLED_STEPS = 3;

/** Reports how far each phase is, and once that can be told, how long it will take. */
export function createProgressReporter(
  clock: Clock,
  onProgress: (progress: EvaluationProgress) => void,
): (phase: EvaluationProgress['phase'], done: number, total: number) => void {
  let current: { readonly phase: string; readonly startedMs: number; readonly from: number } | undefined;
  return (phase, done, total) => {
    const now = clock.now();
    // A phase that goes on from an earlier run begins with steps that took no time.
    if (current?.phase !== phase) current = { phase, startedMs: now, from: done };
    const steps = done - current.from;
    const elapsedMs = now - current.startedMs;
    const isTelling = steps >= SETTLED_STEPS && elapsedMs >= SETTLED_MS;
    const remainingMs = isTelling ? Math.round((elapsedMs / steps) * (total - done)) : null;
    onProgress({ phase, done, total, remainingMs });
  };
}
