import type { AnswerEvent } from '../../core/chat/answerEvent.ts';
import type { Exchange } from '../../core/prompts/exchange.ts';
import type { LocatedAnswer } from '../../protocol/engine.ts';

/** What the chat needs of the engine. */
export interface ChatEngine {
  /** `history` is the conversation so far, oldest first. Rejects with the signal's reason as soon as that aborts. */
  ask(
    question: string,
    history: readonly Exchange[],
    signal: AbortSignal,
  ): AsyncIterable<AnswerEvent<LocatedAnswer>>;
}
