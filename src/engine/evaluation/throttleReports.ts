import type { EvaluationProgress } from '../../evals/evaluation.ts';
import type { Clock } from '../../core/ports/runtime.ts';

/** Nobody reads faster than this, ms. */
const INTERVAL_MS = 100;

/** Passes on the first and the last step of each phase, and of those in between one every tenth of a second. */
export function throttleReports(
  clock: Pick<Clock, 'now'>,
  report: (progress: EvaluationProgress) => void,
): (progress: EvaluationProgress) => void {
  let phase: EvaluationProgress['phase'] | undefined;
  let reportedAt = 0;
  return (progress) => {
    const now = clock.now();
    const isBetween = progress.phase === phase && progress.done < progress.total;
    if (isBetween && now - reportedAt < INTERVAL_MS) return;
    phase = progress.phase;
    reportedAt = now;
    report(progress);
  };
}
