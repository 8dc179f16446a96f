/**
 * `stop`: the model had finished or came to a stop text; `length`: the limit of tokens was reached; `filter`: the provider
 * or the model refused to go on; `tool`: it waits for the results of its calls; `other`: anything else.
 */
export type StopReason = 'stop' | 'length' | 'filter' | 'tool' | 'other';

/** As counted by the provider. */
export interface TokenUsage {
  /** All tokens sent, those from a cache included. */
  readonly inputTokens: number;
  /** How many of them came from the provider's cache; absent when it does not say. */
  readonly cachedInputTokens?: number;
  readonly outputTokens: number;
}
