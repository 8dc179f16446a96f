import type { Answer } from '../../core/chat/answer.ts';
import type { Exchange } from '../../core/prompts/exchange.ts';
import type { Clock, Logger } from '../../core/ports/runtime.ts';
import { toHost, type ChatCitation, type ChatState, type ToHost, type ToView } from '../../protocol/chat.ts';
import type { AnswerUse, ChatSignals } from '../signals/chatSignals.ts';
import type { LocatedAnswer } from '../../protocol/engine.ts';
import { AppendBatch } from './appendBatch.ts';
import type { ChatEngine } from './chatEngine.ts';
import type { ChatNotes } from './chatNotes.ts';
import {
  advance,
  findAnswer,
  findCitation,
  streamingId,
  type Conversation,
  type ConversationEvent,
} from './conversation.ts';
import { recentExchanges } from './exchanges.ts';

export interface ChatSessionOptions {
  readonly engine: ChatEngine;
  /** Shows the lines, 1-based and inclusive, in an editor. Says so itself when the file is gone. */
  readonly openLocation: (
    root: string,
    path: string,
    startLine: number,
    endLine: number,
  ) => PromiseLike<unknown>;
  /** Puts code into the editor used last; resolves to false when none takes it. */
  readonly insertAtCursor: (text: string) => PromiseLike<boolean>;
  /** Takes note of answers and of what is done with them. */
  readonly signals: Pick<ChatSignals, 'answered' | 'used'>;
  readonly notes: ChatNotes;
  readonly newId: () => string;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'warn' | 'error'>;
}

/** The line about the index, and why asking is impossible, if it is. */
export type ChatAvailability = Pick<ChatState, 'status'> & { readonly blocked?: string | undefined };

/** Owns the conversation; any number of views may come and go while it lasts. */
export class ChatSession {
  readonly #options: ChatSessionOptions;
  readonly #batch: AppendBatch;
  #conversation: Conversation = [];
  /** Stops the answer that is being written, or was written last. */
  #asking = new AbortController();
  #availability: ChatAvailability = { status: '' };
  #post: ((message: ToView) => void) | undefined;
  /** When the answer that is being written was asked for. */
  #askedAt = 0;

  constructor(options: ChatSessionOptions) {
    this.#options = options;
    this.#batch = new AppendBatch(options.clock, (messageId, text) => {
      this.#post?.({ type: 'append', messageId, text });
    });
  }

  /** Makes `post` the way to the view. It gets everything once the view says that it is ready. */
  attach(post: (message: ToView) => void): { dispose(): void } {
    this.#post = post;
    return {
      dispose: () => {
        if (this.#post === post) this.#post = undefined;
      },
    };
  }

  /** Handles a message from the view. The view is not trusted: what does not fit the contract is logged and dropped. */
  receive(data: unknown): void {
    const message = toHost.safeParse(data);
    if (message.success) this.#handle(message.data);
    else this.#options.log.warn('Dropped an invalid message from the chat view', message.error.message);
  }

  setAvailability(availability: ChatAvailability): void {
    this.#availability = availability;
    this.#post?.({ type: 'availability', ...this.#shownAvailability() });
  }

  /** Asks, unless a question is being answered or asking is impossible. */
  ask(question: string): void {
    if (this.#availability.blocked !== undefined || streamingId(this.#conversation) !== undefined) {
      this.#sendState();
      return;
    }
    const id = this.#options.newId();
    const history = recentExchanges(this.#conversation);
    this.#askedAt = this.#options.clock.now();
    this.#advance({ type: 'asked', id, questionId: this.#options.newId(), question });
    this.#asking = new AbortController();
    void this.#answer(id, question, history);
  }

  /** Stops the running answer, if any, and keeps what has arrived. */
  stop(): void {
    const id = streamingId(this.#conversation);
    if (id === undefined) return;
    this.#asking.abort();
    this.#advance({ type: 'stopped', id, note: this.#options.notes.stopped() });
    this.#ended(id);
  }

  clear(): void {
    this.stop();
    this.#advance({ type: 'cleared' });
  }

  dispose(): void {
    this.stop();
    this.#batch.discard();
    this.#post = undefined;
  }

  #handle(message: ToHost): void {
    switch (message.type) {
      case 'ready':
        this.#sendState();
        break;
      case 'ask':
        this.ask(message.question);
        break;
      case 'stop':
        this.stop();
        break;
      case 'clear':
        this.clear();
        break;
      case 'openCitation':
        void this.#openCitation(message.messageId, message.number);
        break;
      case 'copied':
        this.#used(message.messageId, { action: 'copied', part: message.part, length: message.length });
        break;
      case 'insert':
        void this.#insert(message.messageId, message.text);
        break;
    }
  }

  async #answer(id: string, question: string, history: readonly Exchange[]): Promise<void> {
    const { engine, notes, log } = this.#options;
    try {
      for await (const event of engine.ask(question, history, this.#asking.signal)) {
        if (event.type === 'text') this.#takePart(id, event.text);
        else this.#takeAnswer(id, event.answer);
      }
    } catch (error) {
      if (streamingId(this.#conversation) !== id) return;
      log.error('A chat answer failed', error);
      this.#advance({ type: 'failed', id, note: notes.failed(error) });
      this.#ended(id);
    }
  }

  #takeAnswer(id: string, answer: LocatedAnswer): void {
    const isAwaited = streamingId(this.#conversation) === id;
    this.#advance({
      type: 'answered',
      id,
      text: answer.text,
      citations: locateCitations(answer),
      source: writerOf(answer),
      note: this.#options.notes.answered(answer),
      isWhole: isWhole(answer),
    });
    if (isAwaited) this.#ended(id, answer);
  }

  #takePart(id: string, text: string): void {
    const next = advance(this.#conversation, { type: 'partArrived', id, text });
    if (next === this.#conversation) return;
    this.#conversation = next;
    if (this.#post) this.#batch.add(id, text);
  }

  #advance(event: ConversationEvent): void {
    const next = advance(this.#conversation, event);
    if (next === this.#conversation) return;
    this.#conversation = next;
    this.#sendState();
  }

  #sendState(): void {
    this.#batch.discard();
    this.#post?.({
      type: 'state',
      state: { messages: [...this.#conversation], ...this.#shownAvailability() },
    });
  }

  #shownAvailability(): Pick<ChatState, 'status' | 'blocked'> {
    const { status, blocked } = this.#availability;
    return blocked === undefined ? { status } : { status, blocked };
  }

  async #openCitation(messageId: string, number: number): Promise<void> {
    const citation = findCitation(this.#conversation, messageId, number);
    if (!citation) return;
    this.#used(messageId, { action: 'citation-opened' });
    const { root, path, startLine, endLine } = citation;
    try {
      await this.#options.openLocation(root, path, startLine, endLine);
    } catch (error) {
      this.#options.log.error(`Could not open ${path}`, error);
    }
  }

  async #insert(messageId: string, text: string): Promise<void> {
    try {
      const isInserted = await this.#options.insertAtCursor(text);
      if (isInserted) this.#used(messageId, { action: 'inserted', length: text.length });
    } catch (error) {
      this.#options.log.error('Could not insert code of an answer', error);
    }
  }

  /** Takes note of an answer that is not being written any more. */
  #ended(messageId: string, answer?: Answer): void {
    const message = findAnswer(this.#conversation, messageId);
    if (!message || message.state === 'streaming') return;
    const { id, state, citations, text } = message;
    const turn = this.#conversation.filter(({ role }) => role === 'assistant').indexOf(message);
    this.#options.signals.answered({
      ...{ id, state, turn, citations, length: text.length, askedAt: this.#askedAt },
      grounding: answer?.grounding,
      ...(answer?.isAbstention && { isAbstention: answer.isAbstention }),
      provenance: answer?.provenance,
    });
  }

  #used(messageId: string, use: AnswerUse): void {
    const answer = findAnswer(this.#conversation, messageId);
    if (answer) this.#options.signals.used(answer, use);
  }
}

function writerOf({ source, model }: Answer): string {
  return source === 'model' ? (model?.id ?? source) : source;
}

/** A model's answer that broke off can be asked for again; the built-in answer is whole, whoever was to write it. */
function isWhole({ source, model }: Answer): boolean {
  return source !== 'model' || model?.problem === undefined;
}

/** A citation whose folder has been closed cannot be opened, so the answer shows its number as plain text. */
function locateCitations({ citations, roots }: LocatedAnswer): readonly ChatCitation[] {
  return citations.flatMap((citation, index) => {
    const root = roots[index];
    return root === undefined || root === '' ? [] : [{ ...citation, root }];
  });
}
