import { toView, type ChatState } from '../../protocol/chat.ts';

export interface ChatStoreOptions {
  /** Runs a callback before the next paint. */
  readonly nextFrame: (callback: () => void) => void;
  /** Told why a message from the host was ignored. */
  readonly warn: (problem: string) => void;
}

/** The host's state as far as it has arrived. Each change makes a new object, at most one per frame. */
export class ChatStore {
  readonly #options: ChatStoreOptions;
  readonly #listeners = new Set<() => void>();
  #state: ChatState = { messages: [], status: '' };
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
      case 'state':
        this.#change(message.state);
        break;
      case 'availability':
        this.#change({ messages: this.#state.messages, status: message.status, blocked: message.blocked });
        break;
      case 'append':
        this.#append(message.messageId, message.text);
        break;
    }
  }

  #append(messageId: string, text: string): void {
    const { messages } = this.#state;
    const last = messages.at(-1);
    if (last?.role !== 'assistant' || last.state !== 'streaming' || last.id !== messageId) {
      this.#options.warn(`Ignored a part of ${messageId}, which is not being written`);
      return;
    }
    this.#change({
      ...this.#state,
      messages: [...messages.slice(0, -1), { ...last, text: last.text + text }],
    });
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
