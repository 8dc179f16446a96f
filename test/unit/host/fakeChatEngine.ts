import type { AnswerEvent } from '../../../src/core/chat/answer.ts';
import type { LocatedCitation } from '../../../src/core/ports/chatMessage.ts';
import type { Exchange } from '../../../src/core/prompts/exchange.ts';
import type { ChatEngine } from '../../../src/host/chat/chatEngine.ts';

type Event = AnswerEvent<LocatedCitation>;

/** Resolves when everything that was about to happen has happened. */
export const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

export interface Asked {
  readonly question: string;
  readonly history: readonly Exchange[];
  readonly signal: AbortSignal;
  readonly pipe: Pipe;
}

/** An engine whose answers are given by the test. */
export class FakeChatEngine implements ChatEngine {
  readonly asked: Asked[] = [];
  readonly #noticesAborts: boolean;

  /** One that does not notice aborts goes on answering. */
  constructor({ noticesAborts = true } = {}) {
    this.#noticesAborts = noticesAborts;
  }

  ask(question: string, history: readonly Exchange[], signal: AbortSignal): AsyncIterable<Event> {
    const pipe = new Pipe();
    this.asked.push({ question, history, signal, pipe });
    if (this.#noticesAborts) signal.addEventListener('abort', () => pipe.fail(signal.reason));
    return pipe.read();
  }

  /** Something happens in the answer to the question that was asked last. */
  async send(...events: readonly Event[]): Promise<void> {
    for (const event of events) this.asked.at(-1)?.pipe.push(event);
    await settled();
  }

  async fail(error: unknown): Promise<void> {
    this.asked.at(-1)?.pipe.fail(error);
    await settled();
  }

  get cancelled(): number {
    return this.asked.filter(({ signal }) => signal.aborted).length;
  }
}

/** Events on their way to one reader. */
export class Pipe {
  readonly #events: Event[] = [];
  #failure: { readonly error: unknown } | undefined;
  #wake: () => void = () => undefined;

  /** Nothing more can come of it. */
  hasEnded = false;

  push(event: Event): void {
    this.hasEnded ||= event.type === 'done';
    this.#events.push(event);
    this.#wake();
  }

  fail(error: unknown): void {
    this.hasEnded = true;
    this.#failure ??= { error };
    this.#wake();
  }

  async *read(): AsyncGenerator<Event> {
    for (;;) {
      const event = this.#events.shift();
      if (event) yield event;
      else if (this.#failure) throw this.#failure.error as Error;
      if (event?.type === 'done') return;
      if (!event) await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}
