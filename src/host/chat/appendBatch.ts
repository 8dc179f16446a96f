import type { Clock } from '../../core/ports/runtime.ts';

/** One frame at 60 Hz: more messages than the view can paint would only queue up. */
const FRAME_MS = 16;

/** Joins the parts of one message that arrive within a frame. */
export class AppendBatch {
  readonly #clock: Pick<Clock, 'setTimer'>;
  readonly #send: (messageId: string, text: string) => void;
  #messageId = '';
  #text = '';
  #cancelTimer: (() => void) | undefined;

  constructor(clock: Pick<Clock, 'setTimer'>, send: (messageId: string, text: string) => void) {
    this.#clock = clock;
    this.#send = send;
  }

  add(messageId: string, text: string): void {
    if (messageId !== this.#messageId) this.#flush();
    this.#messageId = messageId;
    this.#text += text;
    this.#cancelTimer ??= this.#clock.setTimer(() => {
      this.#flush();
    }, FRAME_MS);
  }

  /** Forgets what is waiting: call it when the whole state, which contains it, is sent instead. */
  discard(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#text = '';
  }

  #flush(): void {
    const text = this.#text;
    this.discard();
    if (text !== '') this.#send(this.#messageId, text);
  }
}
