import {
  advance,
  answerText,
  findAnswer,
  findCitation,
  recentExchanges,
  streamingId,
  type AnswerEnded,
  type Conversation,
  type ConversationEvent,
} from '../../core/chat/conversation.ts';
import type { Exchange } from '../../core/prompts/exchange.ts';
import type { Clock, Logger } from '../../core/ports/runtime.ts';
import type { LocatedAnswer } from '../../protocol/engine.ts';
import { toHost, type ChatAvailability, type ToHost, type ToView } from '../../protocol/chat.ts';
import { codeBlocks } from '../../core/text/codeBlocks.ts';
import type { AnswerUse, ChatSignals } from '../signals/chatSignals.ts';
import { PageMessages } from '../webview/pageMessages.ts';
import type { ChatEngine } from './chatEngine.ts';
import type { ChatNotes } from './chatNotes.ts';
import type { TextUse } from './hiddenCharacters.ts';
import type { SessionKeeper } from './sessionKeeper.ts';
import { ViewFeed } from './viewFeed.ts';

export interface ChatSessionOptions {
  readonly engine: ChatEngine;
  readonly keeper: Pick<SessionKeeper, 'restore' | 'changed' | 'flush'>;
  /** Shows the lines, 1-based and inclusive, in an editor. Says so itself when the file is gone. */
  readonly openLocation: (
    root: string,
    path: string,
    startLine: number,
    endLine: number,
  ) => PromiseLike<unknown>;
  /** Asks about what does not show in a text; resolves to what is to be used, `undefined` for nothing. */
  readonly approve: (text: string, use: TextUse) => PromiseLike<string | undefined>;
  /** Puts text into the clipboard. */
  readonly copyText: (text: string) => PromiseLike<void>;
  /** Tells the user that code belongs to no answer. */
  readonly refused: () => void;
  /** Puts code into the editor used last; resolves to false when none takes it. */
  readonly insertAtCursor: (text: string) => PromiseLike<boolean>;
  /** Takes note of answers and of what is done with them. */
  readonly signals: Pick<ChatSignals, 'answered' | 'used'>;
  readonly notes: ChatNotes;
  readonly newId: () => string;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'warn' | 'error'>;
}

/** Owns the conversation; any number of views may come and go while it lasts. */
export class ChatSession {
  readonly #options: ChatSessionOptions;
  readonly #feed: ViewFeed;
  readonly #messages: PageMessages<ToHost>;
  #conversation: Conversation = [];
  #availability: ChatAvailability = { status: '' };
  #running: AbortController | undefined;
  #isCleared = false;
  /** A dialog is open about something that the page wants, or an editor is at work on it. */
  #isBusyWithText = false;
  /** When the answer that is being written was asked for. */
  #askedAt = 0;

  constructor(options: ChatSessionOptions) {
    this.#options = options;
    this.#feed = new ViewFeed(options.clock);
    const { clock, log } = options;
    this.#messages = new PageMessages({ schema: toHost, clock, log, page: 'chat view' });
  }

  get conversation(): Conversation {
    return this.#conversation;
  }

  /** Makes `post` the way to the view. It gets everything once the view says that it is ready. */
  attach(post: (message: ToView) => void): { dispose(): void } {
    return this.#feed.attach(post);
  }

  /**
   * Brings back the conversation of before, ahead of what has been asked meanwhile. An answer that was being written is
   * stopped where it was: nobody writes it any more.
   */
  async restore(): Promise<void> {
    const { keeper, notes } = this.#options;
    const before = await keeper.restore(() => !this.#isCleared);
    if (this.#isCleared) return;
    const id = streamingId(before);
    const settled =
      id === undefined
        ? before
        : advance(before, { type: 'ended', id, state: 'stopped', note: notes.stopped() });
    const isAsBefore = settled === before && this.#conversation.length === 0;
    this.#conversation = [...settled, ...this.#conversation];
    if (before.length > 0) this.#sendSnapshot();
    if (!isAsBefore) keeper.changed(this.#conversation, true);
  }

  /** Handles a message from the view. */
  receive(data: unknown): void {
    const message = this.#messages.read(data);
    if (message) this.#handle(message);
  }

  setAvailability({
    status,
    blocked,
  }: {
    readonly status: string;
    readonly blocked?: string | undefined;
  }): void {
    this.#availability = blocked === undefined ? { status } : { status, blocked };
    this.#feed.availability(this.#availability);
  }

  /** Asks, unless a question is being answered or asking is impossible. */
  ask(question: string): void {
    if (this.#availability.blocked !== undefined || streamingId(this.#conversation) !== undefined) {
      this.#sendSnapshot();
      return;
    }
    const id = this.#options.newId();
    const history = recentExchanges(this.#conversation);
    this.#askedAt = this.#options.clock.now();
    this.#advance({ type: 'asked', id, questionId: this.#options.newId(), question });
    this.#running = new AbortController();
    void this.#answer(id, question, history, this.#running.signal);
  }

  /** Stops the running answer, if any, and keeps what has arrived. */
  stop(): void {
    const id = streamingId(this.#conversation);
    if (id === undefined) return;
    this.#end({ type: 'ended', id, state: 'stopped', note: this.#options.notes.stopped() });
    this.#running?.abort();
    this.#running = undefined;
  }

  clear(): void {
    this.stop();
    this.#isCleared = true;
    this.#advance({ type: 'cleared' });
  }

  /** Stops what is running; resolves when the conversation is kept. */
  async close(): Promise<void> {
    this.stop();
    await this.#options.keeper.flush();
  }

  dispose(): void {
    this.stop();
    this.#feed.dispose();
  }

  #handle(message: ToHost): void {
    switch (message.type) {
      case 'ready':
        this.#sendSnapshot();
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
        void this.#use(message.messageId, 'insert', message.code);
        break;
      case 'copy':
        void this.#use(message.messageId, 'copy', message.code);
        break;
    }
  }

  async #answer(
    id: string,
    question: string,
    history: readonly Exchange[],
    signal: AbortSignal,
  ): Promise<void> {
    const { engine, notes, log } = this.#options;
    try {
      for await (const event of engine.ask(question, history, signal)) {
        if (event.type === 'done') this.#end(ending(id, event.answer, notes), event.answer);
        // A citation whose folder has been closed cannot be opened, so the answer shows its number as plain text.
        else if (event.type !== 'citation' || event.citation.root !== '') {
          this.#advance({ type: 'part', id, part: event });
        }
      }
      // Does nothing once the answer has ended.
      this.#end({ type: 'ended', id, state: 'failed', note: notes.failed(undefined) });
    } catch (error) {
      if (streamingId(this.#conversation) === id) log.error('A chat answer failed', error);
      this.#end({ type: 'ended', id, state: 'failed', note: notes.failed(error) });
    }
  }

  /** False for what no longer applies. */
  #advance(event: ConversationEvent): boolean {
    const next = advance(this.#conversation, event);
    if (next === this.#conversation) return false;
    this.#conversation = next;
    this.#feed.add(event);
    this.#options.keeper.changed(next, event.type !== 'part');
    return true;
  }

  /** Ends the answer, unless it has ended, and takes note of it. */
  #end(event: AnswerEnded, answer?: LocatedAnswer): void {
    if (!this.#advance(event)) return;
    const message = findAnswer(this.#conversation, event.id);
    if (!message) return;
    const answers = this.#conversation.filter(({ role }) => role === 'assistant');
    this.#options.signals.answered({
      id: event.id,
      state: event.state,
      turn: answers.indexOf(message),
      citations: message.citations,
      length: answerText(message).length,
      askedAt: this.#askedAt,
      grounding: answer?.grounding,
      ...(answer?.isAbstention && { isAbstention: answer.isAbstention }),
      provenance: answer?.provenance,
    });
  }

  #sendSnapshot(): void {
    this.#feed.snapshot(this.#conversation, this.#availability);
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

  /** The view is not trusted: what is used is our own, and it names what. One at a time. */
  async #use(messageId: string, use: TextUse, code: string | undefined): Promise<void> {
    const { approve, copyText, insertAtCursor, log, refused } = this.#options;
    if (this.#isBusyWithText) return;
    const own = this.#ownText(messageId, code);
    if (own === undefined || own === '') {
      refused();
      return;
    }
    this.#isBusyWithText = true;
    try {
      const text = await approve(own, use);
      if (text === undefined || text === '') return;
      if (use === 'insert') {
        if (await insertAtCursor(text)) this.#used(messageId, { action: 'inserted', length: text.length });
      } else {
        await copyText(text);
        const part = code === undefined ? 'answer' : 'block';
        this.#used(messageId, { action: 'copied', part, length: text.length });
      }
    } catch (error) {
      log.error(`Could not ${use} code of an answer`, error);
    } finally {
      this.#isBusyWithText = false;
    }
  }

  /** The code block of the answer that is exactly `code`, or the answer's text; `undefined` when there is none. */
  #ownText(messageId: string, code: string | undefined): string | undefined {
    const answer = findAnswer(this.#conversation, messageId);
    if (!answer || code === undefined) return answer && answerText(answer);
    const blocks = answer.parts.flatMap((part) => (part.type === 'text' ? codeBlocks(part.text) : []));
    return blocks.find((block) => block === code);
  }

  #used(messageId: string, use: AnswerUse): void {
    const answer = findAnswer(this.#conversation, messageId);
    if (answer) this.#options.signals.used(answer, use);
  }
}

function ending(id: string, answer: LocatedAnswer, notes: ChatNotes): AnswerEnded {
  const { source, model } = answer;
  // A model's answer that broke off can be asked for again; the built-in answer is whole, whoever was to write it.
  const isWhole = source !== 'model' || model?.problem === undefined;
  return {
    type: 'ended',
    id,
    state: isWhole ? 'done' : 'failed',
    note: notes.answered(answer),
    source: source === 'model' ? (model?.id ?? source) : source,
  };
}
