/**
 * What a model streams: text parts, none of them empty, and then exactly one `done`. A stream that ends without `done`
 * was cut off. `thinking` may come at any time before.
 */
export type ModelPart = TextPart | ThinkingPart | DonePart;

export interface TextPart {
  readonly type: 'text';
  readonly text: string;
}

/** The model works on something that is not part of the answer. Tells waiting from hanging. */
export interface ThinkingPart {
  readonly type: 'thinking';
}

export interface DonePart {
  readonly type: 'done';
  readonly stopReason: StopReason;
  /** Undefined when the provider does not say. */
  readonly usage: TokenUsage | undefined;
}

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
