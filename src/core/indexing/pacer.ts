import type { Clock } from '../ports/runtime.ts';

/** Longest stretch of work, in ms, before the thread's other tasks get their turn. */
const STRETCH_MS = 15;

/** Called between small steps of long work: lets timers and messages through now and then, and notices an abort. */
export function createPacer(clock: Clock, signal: AbortSignal | undefined): () => Promise<void> {
  let started = clock.now();
  return async () => {
    signal?.throwIfAborted();
    if (clock.now() - started < STRETCH_MS) return;
    await new Promise<void>((resume) => clock.setTimer(resume, 0));
    started = clock.now();
    signal?.throwIfAborted();
  };
}
