import type { Clock } from '../../core/ports/runtime.ts';

/** Does something once nothing has asked for it again for a while. */
export class Debounce {
  readonly #clock: Pick<Clock, 'setTimer'>;
  readonly #delayMs: number;
  readonly #work: () => Promise<unknown>;
  #cancelTimer: (() => void) | undefined;

  /** What `work` rejects with is nobody's concern: it has to report its failures itself. */
  constructor(clock: Pick<Clock, 'setTimer'>, delayMs: number, work: () => Promise<unknown>) {
    this.#clock = clock;
    this.#delayMs = delayMs;
    this.#work = work;
  }

  /** To be called by whatever asks for it. */
  later(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = this.#clock.setTimer(() => void this.#work().catch(() => undefined), this.#delayMs);
  }

  dispose(): void {
    this.#cancelTimer?.();
  }
}
