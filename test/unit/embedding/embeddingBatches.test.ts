import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { embeddingBatches } from '../../../src/core/embedding/embeddingBatches.ts';
import { estimateTokens } from '../../../src/core/prompts/estimateTokens.ts';

const limits = { texts: 3, tokens: 40, tokensPerText: 20 };
const words = (count: number) => Array.from({ length: count }, () => 'word').join(' ');

describe('batches', () => {
  test('hold no more texts than a request may', () => {
    const batches = embeddingBatches(['a', 'b', 'c', 'd'], limits);
    expect(batches.map(({ start, texts }) => [start, texts])).toEqual([
      [0, ['a', 'b', 'c']],
      [3, ['d']],
    ]);
  });

  test('hold no more tokens than a request may', () => {
    const batches = embeddingBatches([words(15), words(15), words(15)], limits);
    expect(batches.map(({ start, tokens }) => [start, tokens])).toEqual([
      [0, 30],
      [2, 15],
    ]);
  });

  test('shorten a text that no request may hold, and say so in it', () => {
    const [batch] = embeddingBatches([words(100)], limits);
    expect(batch?.tokens).toBeLessThanOrEqual(20);
    expect(batch?.texts[0]).toMatch(/^word word .* \[…\]$/);
  });

  test('of nothing are none', () => {
    expect(embeddingBatches([], limits)).toEqual([]);
  });

  test('keep every text in its place and every limit', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60).map(words), { maxLength: 30 }), (texts) => {
        const batches = embeddingBatches(texts, limits);
        let next = 0;
        for (const { start, texts: held, tokens } of batches) {
          expect(start).toBe(next);
          next += held.length;
          expect(held.length).toBeLessThanOrEqual(limits.texts);
          expect(tokens).toBeLessThanOrEqual(limits.tokens);
          expect(tokens).toBe(held.reduce((sum, text) => sum + estimateTokens(text), 0));
          held.forEach((text, at) => expect(texts[start + at]).toContain(text.replace(' […]', '')));
        }
        expect(next).toBe(texts.length);
      }),
    );
  });
});
