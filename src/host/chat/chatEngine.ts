import type { AnswerEvent } from '../../core/chat/answer.ts';
import type { LocatedCitation } from '../../core/ports/chatMessage.ts';
import type { Exchange } from '../../core/prompts/exchange.ts';

/** What the chat needs of the engine. */
export interface ChatEngine {
  /** `history` is the conversation so far, oldest first. Rejects when `signal` aborts, and for what no answer can say. */
  ask(
    question: string,
    history: readonly Exchange[],
    signal: AbortSignal,
  ): AsyncIterable<AnswerEvent<LocatedCitation>>;
}
