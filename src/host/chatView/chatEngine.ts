import type { Answer } from '../../core/chat/answer.ts';

/** `roots[i]` is the workspace folder of `citations[i]`, or `''` when it is no longer open. */
export type LocatedAnswer = Answer & { readonly roots: readonly string[] };

/** What the chat needs of the engine. */
export interface ChatEngine {
  /** Resolves with the whole answer, whose text replaces the parts reported while the call was running. */
  ask(requestId: string, question: string): Promise<LocatedAnswer>;
  /** Unknown ids are ignored. The cancelled `ask` may resolve or reject. */
  cancel(requestId: string): void;
  onAnswerPart(listener: (requestId: string, text: string) => void): { dispose(): unknown };
}
