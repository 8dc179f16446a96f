import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  contextPrecision,
  contextRecall,
  contextShare,
} from '../../../../src/evals/metrics/contextScores.ts';
import { places } from './chatFixture.ts';

describe('context precision', () => {
  const gold = places('doc1:1', 'doc2:1', 'doc4:1');

  test('is the mean of precision@k over the ranks of right places', () => {
    // Right at ranks 1 and 3: (1/1 + 2/3) / 2.
    expect(contextPrecision(places('doc1:1', 'doc9:1', 'doc2:1'), gold, 10)).toBeCloseTo(5 / 6, 12);
    // A wrong place below the right ones takes nothing away, as in the example of Ragas.
    expect(contextPrecision(places('doc1:1', 'doc9:1'), gold, 10)).toBe(1);
    expect(contextPrecision(places('doc9:1', 'doc1:1'), gold, 10)).toBe(1 / 2);
  });

  test('is 0 without a right place among the first', () => {
    expect(contextPrecision(places('doc8:1', 'doc9:1', 'doc1:1'), gold, 2)).toBe(0);
  });

  test('does not apply to nothing retrieved or nothing to find', () => {
    expect(contextPrecision([], gold, 10)).toBeUndefined();
    expect(contextPrecision(places('doc1:1'), [], 10)).toBeUndefined();
  });

  test('is 1 exactly when no wrong place stands before a right one', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 10 }), (verdicts) => {
        const retrieved = places(...verdicts.map((isRight) => (isRight ? 'doc1:1' : 'doc9:1')));
        const isSorted = verdicts.lastIndexOf(true) === verdicts.filter(Boolean).length - 1;
        const score = contextPrecision(retrieved, gold, 10) ?? 0;
        expect(Math.abs(score - 1) < 1e-12).toBe(verdicts.includes(true) && isSorted);
      }),
    );
  });
});

describe('by ids, as Ragas has it', () => {
  const gold = places('doc1:1', 'doc2:1', 'doc4:1');
  const retrieved = places('doc1:1', 'doc2:1', 'doc3:1');

  test('two of three retrieved are right, two of three right ones retrieved', () => {
    expect(contextShare(retrieved, gold, 10)).toBeCloseTo(2 / 3, 12);
    expect(contextRecall(retrieved, gold, 10)).toBeCloseTo(2 / 3, 12);
  });

  test('nothing retrieved has a recall of 0 and no precision', () => {
    expect(contextRecall([], gold, 10)).toBe(0);
    expect(contextShare([], gold, 10)).toBeUndefined();
  });

  test('nothing to find has neither', () => {
    expect(contextRecall(retrieved, [], 10)).toBeUndefined();
    expect(contextShare(retrieved, [], 10)).toBeUndefined();
  });

  test('one long place may hold several right ones', () => {
    expect(contextRecall(places('a:1-50'), places('a:3-4', 'a:30-40', 'a:60'), 10)).toBeCloseTo(2 / 3, 12);
  });
});
