import type { Clock } from '../../core/ports/runtime.ts';

/** How often the clock is looked at, ms. */
const TICK_MS = 60_000;

/** A tick that comes this much too late, ms, means that the machine was asleep: watchers have missed what happened. */
const ASLEEP_MS = 30_000;

/** Everything is compared at least this often, ms: a walk by sizes and times, which reads no file that is unchanged. */
const INTERVAL_MS = 10 * 60_000;

/** Coming back to the window compares everything, but not more often than this, ms. */
const RETURN_INTERVAL_MS = 60_000;

/** Decides when to compare the whole folder with its index, as nothing tells of events that were lost. */
export class Reconciler {
  readonly #clock: Clock;
  readonly #reconcile: () => void;
  #reconciledAt: number;
  #cancelTimer: (() => void) | undefined;

  /** The folders are compared when they are opened, so the first time is some minutes later. */
  constructor(clock: Clock, reconcile: () => void) {
    this.#clock = clock;
    this.#reconcile = reconcile;
    this.#reconciledAt = clock.now();
    this.#schedule();
  }

  /** The user has come back to the window, perhaps from a program that changed files. */
  returned(): void {
    if (this.#clock.now() - this.#reconciledAt >= RETURN_INTERVAL_MS) this.#run();
  }

  dispose(): void {
    this.#cancelTimer?.();
  }

  #schedule(): void {
    const scheduledAt = this.#clock.now();
    this.#cancelTimer = this.#clock.setTimer(() => {
      const now = this.#clock.now();
      const waitedMs = now - scheduledAt;
      // A clock that was set back says nothing about the time that has passed.
      const isOdd = waitedMs < 0 || waitedMs > TICK_MS + ASLEEP_MS;
      if (isOdd || now - this.#reconciledAt >= INTERVAL_MS) this.#run();
      this.#schedule();
    }, TICK_MS);
  }

  #run(): void {
    this.#reconciledAt = this.#clock.now();
    this.#reconcile();
  }
}
