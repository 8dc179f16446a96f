/** Waits, in ms, before the first, second … restart of a worker that keeps crashing; after the last one it stays down. */
const DELAYS_MS = [250, 1_000, 4_000, 15_000] as const;

/** A worker that has run this long was healthy: its next crash counts as the first again. */
const HEALTHY_AFTER_MS = 60_000;

/** Decides when, and whether, a crashed worker is started again. */
export class RestartPolicy {
  #crashes = 0;

  /** Milliseconds to wait before the restart, or `undefined` to give up. */
  afterCrash(ranForMs: number): number | undefined {
    if (ranForMs >= HEALTHY_AFTER_MS) this.#crashes = 0;
    return DELAYS_MS[this.#crashes++];
  }

  /** The user asked for a new attempt. */
  reset(): void {
    this.#crashes = 0;
  }
}
