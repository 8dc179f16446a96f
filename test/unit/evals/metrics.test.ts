import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COMPLETION_METRICS, editSimilarity } from '../../../src/evals/metrics/completionMetrics.ts';
import { scoreOf } from '../../../src/evals/metrics/metric.ts';
import { meanInterval, quantile, wilsonInterval } from '../../../src/evals/metrics/average.ts';
import { relevantRank, RETRIEVAL_METRICS } from '../../../src/evals/metrics/retrievalMetrics.ts';
import type { CompletionOutcome, RetrievalOutcome } from '../../../src/evals/outcome.ts';

const at = (path: string, startLine: number, endLine: number) => ({ path, startLine, endLine });

describe('relevantRank', () => {
  const gold = [at('a.ts', 10, 20)];

  test('counts from 1 to the first hit that shares a line', () => {
    expect(relevantRank([at('b.ts', 10, 20), at('a.ts', 21, 30), at('a.ts', 20, 25)], gold)).toBe(3);
    expect(relevantRank([at('a.ts', 1, 10)], gold)).toBe(1);
  });

  test('finds nothing beside the place or in another file', () => {
    expect(relevantRank([at('a.ts', 1, 9), at('a.ts', 21, 40), at('b.ts', 10, 20)], gold)).toBeUndefined();
  });

  test('takes the first 60 lines of a longer hit only', () => {
    expect(relevantRank([at('a.ts', 1, 500)], [at('a.ts', 60, 60)])).toBe(1);
    expect(relevantRank([at('a.ts', 1, 500)], [at('a.ts', 61, 61)])).toBeUndefined();
  });

  test('is content with any of several right places', () => {
    expect(relevantRank([at('c.ts', 5, 5)], [...gold, at('c.ts', 1, 9)])).toBe(1);
  });
});

describe('retrieval metrics', () => {
  const ranks = [1, 2, 5, 10, null];
  const outcomes = ranks.map((rank) => ({ rank, hits: [], gold: [] }) as unknown as RetrievalOutcome);
  const values = Object.fromEntries(
    RETRIEVAL_METRICS.map((metric) => [metric.id, scoreOf(metric, outcomes).value]),
  );

  test('hit@k is the share found among the first k', () => {
    expect(values).toMatchObject({ 'hit@1': 0.2, 'hit@5': 0.6, 'hit@10': 0.8 });
  });

  test('MRR@10 is the mean of 1 / rank, 0 for what is not found', () => {
    expect(values['mrr@10']).toBeCloseTo((1 + 1 / 2 + 1 / 5 + 1 / 10 + 0) / 5, 12);
  });
});

describe('completion metrics', () => {
  const outcome = (
    shown: string | null,
    isExact: boolean,
    isFirstTokenExact: boolean,
    similarity: number | null,
  ) => ({ shown, isExact, isFirstTokenExact, similarity }) as CompletionOutcome;
  const outcomes = [
    outcome('a', true, true, 1),
    outcome('b', false, true, 0.5),
    outcome(null, false, false, null),
    outcome(null, false, false, null),
  ];
  const scores = new Map(COMPLETION_METRICS.map((metric) => [metric.id, scoreOf(metric, outcomes)]));

  test.each([
    ['precision', 1 / 2, 2],
    ['show-rate', 2 / 4, 4],
    ['exact-line', 1 / 4, 4],
    ['exact-token', 2 / 4, 4],
    ['edit-similarity', 0.75, 2],
  ])('%s is %d of %d', (id, value, n) => {
    expect(scores.get(id)).toMatchObject({ value, n });
  });

  test('what applies to no outcome has no value', () => {
    const [precision] = COMPLETION_METRICS;
    expect(scoreOf(precision!, outcomes.slice(2))).toMatchObject({ n: 0, value: null, interval: null });
  });
});

describe('wilsonInterval', () => {
  // Worked with the formula on paper; the same as in tables of the score interval.
  test.each([
    [40, 40, 0.912, 1],
    [36, 40, 0.769, 0.96],
    [32, 40, 0.652, 0.895],
    [0, 10, 0, 0.278],
    [1, 2, 0.095, 0.905],
  ])('%d of %d is between %d and %d', (hits, n, low, high) => {
    const interval = wilsonInterval(hits, n);
    expect(interval[0]).toBeCloseTo(low, 3);
    expect(interval[1]).toBeCloseTo(high, 3);
  });

  test('always holds the rate and stays within 0 and 1', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.integer({ min: 1, max: 500 }), (hits, n) => {
        fc.pre(hits <= n);
        const [low, high] = wilsonInterval(hits, n);
        expect(0 <= low && low <= hits / n && hits / n <= high && high <= 1).toBe(true);
      }),
    );
  });
});

describe('meanInterval', () => {
  test('is the mean with 1.96 standard errors on both sides', () => {
    // Mean 0.5, s² = (0.25 + 0.25 + 0) / 2 = 0.25, standard error 0.5 / √3 = 0.2887.
    const [low, high] = meanInterval([0, 1, 0.5])!;
    expect(low).toBe(0);
    expect(high).toBe(1);
    const narrow = meanInterval([0.4, 0.6, 0.5])!;
    expect(narrow[0]).toBeCloseTo(0.5 - 1.959964 * (0.1 / Math.sqrt(3)), 6);
  });

  test('says nothing about a single value', () => {
    expect(meanInterval([0.3])).toBeNull();
  });
});

describe('quantile', () => {
  test('is the smallest value that the share does not exceed', () => {
    const values = [15, 20, 35, 40, 50];
    expect([0.05, 0.3, 0.4, 0.5, 1].map((q) => quantile(values, q))).toEqual([15, 20, 20, 35, 50]);
    expect(quantile([], 0.5)).toBeUndefined();
  });
});

describe('editSimilarity', () => {
  test.each([
    ['kitten', 'sitting', 1 - 3 / 7],
    ['flaw', 'lawn', 1 - 2 / 4],
    ['same', 'same', 1],
    ['abc', 'xyz', 0],
    ['', 'abc', 0],
    ['', '', 1],
  ])('%o and %o: %d', (a, b, similarity) => {
    expect(editSimilarity(a, b)).toBeCloseTo(similarity, 12);
  });

  test('is symmetric, and 1 for equal texts only', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(editSimilarity(a, b)).toBe(editSimilarity(b, a));
        expect(editSimilarity(a, b) === 1).toBe(a === b);
      }),
    );
  });
});
