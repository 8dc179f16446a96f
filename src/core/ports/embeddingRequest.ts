/** Texts of a workspace are compared with questions about them, and many models embed the two differently. */
export type EmbeddingKind = 'document' | 'query';

export interface EmbeddingRequest {
  /** Within the model's limits. */
  readonly texts: readonly string[];
  readonly kind: EmbeddingKind;
}

export interface EmbeddingAnswer {
  /** One a text, in order, all of the same dims; finite, of any length. */
  readonly vectors: readonly Float32Array[];
  /** As counted by the provider; undefined when it does not say. */
  readonly inputTokens: number | undefined;
}

/** What one request may hold at most. Tokens are counted by `estimateTokens`, which errs on the high side. */
export interface EmbeddingLimits {
  readonly texts: number;
  readonly tokens: number;
  /** Longer texts are cut: providers refuse them, with all that came along. */
  readonly tokensPerText: number;
}
