import type { Clock, Logger } from '../../core/ports/runtime.ts';

/** More than any person causes, even by holding a key down. */
const MAX_A_WINDOW = 100;
const WINDOW_MS = 1_000;

/** Lets a page send only so many messages a second: one that was taken over could keep the extension host busy for ever. */
class MessageGate {
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

/** What a page may say; a schema of zod is one. */
interface Contract<Message> {
  safeParse(
    data: unknown,
  ):
    | { readonly success: true; readonly data: Message }
    | { readonly success: false; readonly error: { readonly message: string } };
}

interface PageMessagesOptions<Message> {
  readonly schema: Contract<Message>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Pick<Logger, 'warn'>;
  /** Names the page in the log, for example `chat view`. */
  readonly page: string;
}

/** Reads what a page says, which is not trusted: what comes too often or does not fit the contract is logged and dropped. */
export class PageMessages<Message> {
  readonly #options: PageMessagesOptions<Message>;
  readonly #gate: MessageGate;

  constructor(options: PageMessagesOptions<Message>) {
    this.#options = options;
    this.#gate = new MessageGate(options.clock);
  }

  /** `undefined` for what is dropped. */
  read(data: unknown): Message | undefined {
    const { schema, log, page } = this.#options;
    const admitted = this.#gate.admit();
    if (admitted === 'first-refused') log.warn(`The ${page} sends too many messages: some are dropped`);
    if (admitted !== 'yes') return undefined;
    const message = schema.safeParse(data);
    if (message.success) return message.data;
    log.warn(`Dropped an invalid message from the ${page}`, message.error.message.slice(0, 1_000));
    return undefined;
  }
}
