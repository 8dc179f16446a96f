import type { Answer } from '../../core/chat/answer.ts';
import type { Exchange } from '../../core/prompts/exchange.ts';

/** `roots[i]` is the workspace folder of `citations[i]`, or `''` when it is no longer open. */
export type LocatedAnswer = Answer & { readonly roots: readonly string[] };

/** What the chat needs of the engine. */
export interface ChatEngine {
  /**
   * Resolves with the whole answer, whose text replaces the parts reported while the call was running. `history` is the
   * conversation so far, oldest first.
   */
  ask(requestId: string, question: string, history: readonly Exchange[]): Promise<LocatedAnswer>;
  /** Unknown ids are ignored. The cancelled `ask` may resolve or reject. */
  cancel(requestId: string): void;
  onAnswerPart(listener: (requestId: string, text: string) => void): { dispose(): unknown };
}
