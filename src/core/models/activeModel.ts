import type { ChatModel } from '../ports/models.ts';

/** A language model that is to answer, and how much of it may be used for one answer. */
export interface ActiveModel {
  /** Wrapped by the model client. */
  readonly chat: ChatModel;
  readonly promptTokens: number;
  readonly outputTokens: number;
}
