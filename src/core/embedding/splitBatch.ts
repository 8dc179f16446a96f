import { cutToTokens } from '../prompts/cutToTokens.ts';
import { estimateTokens } from '../prompts/estimateTokens.ts';
import type { EmbeddingBatch } from './embeddingBatches.ts';

/** Shorter beginnings of a text say too little to be worth a vector. */
const SHORTEST_TOKENS = 32;

/**
 * What to send in place of a batch that was too large: its halves, or the first half of its only text. Nothing when that
 * is short already, so that its size cannot be what is wrong.
 */
export function splitBatch({ start, texts }: EmbeddingBatch): readonly EmbeddingBatch[] {
  if (texts.length > 1) {
    const middle = Math.ceil(texts.length / 2);
    return [batchOf(start, texts.slice(0, middle)), batchOf(start + middle, texts.slice(middle))];
  }
  const [text = ''] = texts;
  const tokens = Math.floor(estimateTokens(text) / 2);
  return tokens < SHORTEST_TOKENS ? [] : [batchOf(start, [cutToTokens(text, tokens, estimateTokens)])];
}

function batchOf(start: number, texts: readonly string[]): EmbeddingBatch {
  return { start, texts, tokens: texts.reduce((sum, text) => sum + estimateTokens(text), 0) };
}
