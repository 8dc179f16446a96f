import { cutToTokens } from '../prompts/cutToTokens.ts';
import { estimateTokens } from '../prompts/estimateTokens.ts';
import type { EmbeddingLimits } from '../ports/models.ts';

/** Texts for one request, in order, from `start` in the list they were taken from. */
export interface EmbeddingBatch {
  readonly start: number;
  readonly texts: readonly string[];
  /** Estimated. */
  readonly tokens: number;
}

/** Cuts a list of texts into requests within the limits; a text that is too long for any is shortened. */
export function embeddingBatches(
  texts: readonly string[],
  limits: EmbeddingLimits,
): readonly EmbeddingBatch[] {
  const batches: EmbeddingBatch[] = [];
  const perText = Math.min(limits.tokensPerText, limits.tokens);
  let start = 0;
  let tokens = 0;
  let batch: string[] = [];
  const close = () => {
    if (batch.length > 0) batches.push({ start, texts: batch, tokens });
    start += batch.length;
    tokens = 0;
    batch = [];
  };
  for (const text of texts) {
    const fitting = cutToTokens(text, perText, estimateTokens);
    const own = estimateTokens(fitting);
    if (batch.length >= limits.texts || tokens + own > limits.tokens) close();
    batch.push(fitting);
    tokens += own;
  }
  close();
  return batches;
}
