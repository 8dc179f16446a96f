/** Multiplications between two chances for the thread's other tasks: 2-4 ms on a slow core. */
const STRETCH = 2_000_000;

/** Counts the work done, and lets the thread's other tasks have their turn now and then. */
export class Work {
  readonly #pace: () => Promise<void>;
  #left = STRETCH;

  constructor(pace: () => Promise<void>) {
    this.#pace = pace;
  }

  /** To be awaited after so many multiplications or the like, often. */
  done(amount: number): Promise<void> | undefined {
    this.#left -= amount;
    if (this.#left > 0) return undefined;
    this.#left = STRETCH;
    return this.#pace();
  }
}
