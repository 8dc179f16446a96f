import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutToTokens } from '../../../src/core/prompts/cutToTokens.ts';
import { estimateTokens } from '../../../src/core/prompts/estimateTokens.ts';
import { anyText } from '../../support/anyText.ts';

describe('the estimate', () => {
  // The counts are those of o200k_base.
  test.each([
    ['', 0],
    ['The quick brown fox jumps over the lazy dog.', 10],
    ['export function computeBackoff(attempt: number): number {', 12],
    ['        return self._connection_pool.acquire(timeout=30)', 11],
    ['{"id":"a3f9","values":[1,2,3,4.5]}', 20],
    ['漢字仮名交じり文', 9],
  ])('of %j is near the true count', (text, tokens) => {
    expect(estimateTokens(text)).toBeGreaterThanOrEqual(Math.floor(tokens * 0.85));
    expect(estimateTokens(text)).toBeLessThanOrEqual(tokens * 1.4);
  });

  test('never shrinks by adding text, and misses nothing', () => {
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        expect(estimateTokens(a + ' x ' + b)).toBeGreaterThanOrEqual(estimateTokens(a));
        if (/\S/.test(a)) expect(estimateTokens(a)).toBeGreaterThan(0);
      }),
    );
  });
});

describe('a cut', () => {
  test('fits, keeps the beginning and says that it was made', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 0, max: 50 }), (text, most) => {
        const cut = cutToTokens(text, most, (each) => each.length);
        expect(cut.length).toBeLessThanOrEqual(most);
        if (text.length <= most) expect(cut).toBe(text);
        else if (cut !== '') expect(cut.endsWith(' […]') && text.startsWith(cut.slice(0, -4))).toBe(true);
        if (text.isWellFormed()) expect(cut.isWellFormed()).toBe(true);
      }),
    );
  });

  test('does not halve a character', () => {
    for (let most = 5; most < 12; most++)
      expect(cutToTokens('😀😀😀😀😀😀', most, (each) => each.length).isWellFormed()).toBe(true);
  });
});
