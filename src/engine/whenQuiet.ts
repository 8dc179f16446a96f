import type { Clock } from '../core/ports/runtime.ts';

/** Does something once nothing has asked for it again for a while. */
export class WhenQuiet {
  readonly #clock: Pick<Clock, 'setTimer'>;
  readonly #quietMs: number;
  readonly #work: () => Promise<unknown>;
  #cancelTimer: (() => void) | undefined;

  /** What `work` rejects with is nobody's concern: it has to report its failures itself. */
  constructor(clock: Pick<Clock, 'setTimer'>, quietMs: number, work: () => Promise<unknown>) {
    this.#clock = clock;
    this.#quietMs = quietMs;
    this.#work = work;
  }

  /** To be called by whatever ends the quiet. */
  later(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = this.#clock.setTimer(() => void this.#work().catch(() => undefined), this.#quietMs);
  }

  dispose(): void {
    this.#cancelTimer?.();
  }
}
