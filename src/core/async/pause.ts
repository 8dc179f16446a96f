import type { Clock } from '../ports/runtime.ts';
import { untilAborted } from './untilAborted.ts';

/** Waits. Rejects with the signal's reason, and lets go of the timer, as soon as `signal` aborts. */
export async function pause(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const cancel = clock.setTimer(() => {
    resolve(undefined);
  }, delayMs);
  try {
    await untilAborted(promise, signal);
  } finally {
    cancel();
  }
}
