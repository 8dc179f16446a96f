import type { Clock } from '../../core/ports/runtime.ts';

/** More than any person causes, even by holding a key down. */
const MAX_A_WINDOW = 100;
const WINDOW_MS = 1_000;

/** Lets a page send only so many messages a second: one that was taken over could keep the extension host busy for ever. */
export class MessageGate {
  readonly #clock: Pick<Clock, 'now'>;
  #windowStart = -Infinity;
  #count = 0;

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  /** Whether the next message may be looked at; `first-refused` once a window, to be told. */
  admit(): 'yes' | 'no' | 'first-refused' {
    const now = this.#clock.now();
    if (now < this.#windowStart || now - this.#windowStart >= WINDOW_MS) {
      this.#windowStart = now;
      this.#count = 0;
    }
    this.#count++;
    if (this.#count <= MAX_A_WINDOW) return 'yes';
    return this.#count === MAX_A_WINDOW + 1 ? 'first-refused' : 'no';
  }
}
