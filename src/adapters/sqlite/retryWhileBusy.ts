import { setTimeout as delay } from 'node:timers/promises';
import { isBusy } from './sqliteError.ts';

const FIRST_DELAY_MS = 1;
const LONGEST_DELAY_MS = 60;

export interface Patience {
  readonly signal?: AbortSignal;
  /** How long to go on; unlimited when absent. */
  readonly patienceMs?: number;
}

/**
 * Repeats `attempt` while SQLite reports that another connection is in the way, with growing, jittered pauses. SQLite's
 * own busy handler would block the thread. Rejects with the signal's reason, or with the last error out of patience.
 */
export async function retryWhileBusy<T>(
  attempt: () => T | Promise<T>,
  { signal, patienceMs = Infinity }: Patience = {},
): Promise<T> {
  const deadline = performance.now() + patienceMs;
  for (let pause = FIRST_DELAY_MS; ; pause = Math.min(pause * 2, LONGEST_DELAY_MS)) {
    signal?.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      if (!isBusy(error) || performance.now() >= deadline) throw error;
    }
    // The timer rejects with an error of its own when aborted; the signal's reason is thrown above.
    await delay(pause * (0.5 + Math.random()), undefined, signal && { signal }).catch(() => undefined);
  }
}
