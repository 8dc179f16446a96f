/**
 * `stop`: the model had finished or came to a stop text; `length`: the limit of tokens was reached; `filter`: the provider
 * or the model refused to go on; `other`: anything else, for example a call of a tool.
 */
export type StopReason = 'stop' | 'length' | 'filter' | 'other';

/** As counted by the provider. */
export interface TokenUsage {
  /** All tokens sent, those from a cache included. */
  readonly inputTokens: number;
  /** How many of them came from the provider's cache; absent when it does not say. */
  readonly cachedInputTokens?: number;
  readonly outputTokens: number;
}
