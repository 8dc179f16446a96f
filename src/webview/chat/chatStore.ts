import { advance, type Conversation } from '../../core/chat/conversation.ts';
import { toView, type ChatAvailability } from '../../protocol/chat.ts';

/** What the view shows. */
export interface ChatState extends ChatAvailability {
  readonly messages: Conversation;
}

export interface ChatStoreOptions {
  /** Runs a callback before the next paint. */
  readonly nextFrame: (callback: () => void) => void;
  /** Asks the host for a snapshot. */
  readonly resync: () => void;
  /** Told why a message from the host was ignored. */
  readonly warn: (problem: string) => void;
}

/**
 * The host's state as far as it has arrived. It follows the host's events with the host's own reducer; when one is
 * missing it takes no more until it has a new snapshot. Each change makes a new object, at most one per frame.
 */
export class ChatStore {
  readonly #options: ChatStoreOptions;
  readonly #listeners = new Set<() => void>();
  #state: ChatState = { messages: [], status: '' };
  /** Number of the last message that is part of the state; undefined while a snapshot is waited for. */
  #sequence: number | undefined;
  #framePending = false;

  constructor(options: ChatStoreOptions) {
    this.#options = options;
  }

  get state(): ChatState {
    return this.#state;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  receive(data: unknown): void {
    const parsed = toView.safeParse(data);
    if (!parsed.success) {
      this.#options.warn(`Ignored an invalid message: ${parsed.error.message}`);
      return;
    }
    const message = parsed.data;
    switch (message.type) {
      case 'snapshot':
        this.#sequence = message.sequence;
        this.#change({ messages: message.messages, ...availabilityOf(message) });
        break;
      case 'availability':
        this.#change({ messages: this.#state.messages, ...availabilityOf(message) });
        break;
      case 'events':
        if (!this.#isNext(message.sequence)) break;
        this.#change({ ...this.#state, messages: message.events.reduce(advance, this.#state.messages) });
        break;
    }
  }

  #isNext(sequence: number): boolean {
    if (this.#sequence === undefined) return false;
    if (sequence === this.#sequence + 1) {
      this.#sequence = sequence;
      return true;
    }
    this.#options.warn(`Expected message ${this.#sequence + 1} and got ${sequence}: asking for a snapshot`);
    this.#sequence = undefined;
    this.#options.resync();
    return false;
  }

  #change(state: ChatState): void {
    this.#state = state;
    if (this.#framePending) return;
    this.#framePending = true;
    this.#options.nextFrame(() => {
      this.#framePending = false;
      for (const listener of this.#listeners) listener();
    });
  }
}

function availabilityOf({ status, blocked }: ChatAvailability): ChatAvailability {
  return { status, ...(blocked !== undefined && { blocked }) };
}
