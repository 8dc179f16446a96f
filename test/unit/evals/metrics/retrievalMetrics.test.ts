import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { beginsOn, endsClean } from '../../../../src/evals/retrievalSuite.ts';
import {
  bestLineF1,
  goldFound,
  lineF1,
  ndcg,
  precisionAt,
  RETRIEVAL_METRICS,
  showsHead,
} from '../../../../src/evals/metrics/retrievalMetrics.ts';
import type { RetrievalOutcome } from '../../../../src/evals/outcome.ts';
import { place, places } from './chatFixture.ts';

describe('nDCG', () => {
  test('is 1 / log2(rank + 1) where there is one right place', () => {
    const gold = places('a:10-20');
    expect(ndcg(places('a:15'), gold, 10)).toBe(1);
    expect(ndcg(places('b:1', 'b:2', 'a:15'), gold, 10)).toBe(1 / 2);
  });

  test('divides by the best order of several right places', () => {
    const gold = places('a:1', 'b:1', 'c:1');
    // Found at ranks 2 and 4 of the ideal 1, 2, 3.
    const dcg = 1 / Math.log2(3) + 1 / Math.log2(5);
    const ideal = 1 + 1 / Math.log2(3) + 1 / Math.log2(4);
    expect(ndcg(places('x:1', 'b:1', 'x:2', 'a:1'), gold, 10)).toBeCloseTo(dcg / ideal, 12);
  });

  test('counts each right place once, at the first hit that reaches it', () => {
    const gold = places('a:1-20', 'b:1');
    const once = ndcg(places('a:1-9', 'x:1'), gold, 10);
    expect(ndcg(places('a:1-9', 'a:10-20'), gold, 10)).toBe(once);
    expect(once).toBeCloseTo(1 / (1 + 1 / Math.log2(3)), 12);
  });

  test('is not above 1 where one hit reaches several right places', () => {
    expect(ndcg(places('a:1-50'), places('a:2', 'a:30'), 10)).toBe(1);
  });

  test('takes the first 60 lines of a hit, and no hit behind the first ten', () => {
    expect(ndcg(places('a:1-500'), places('a:61'), 10)).toBe(0);
    const others = Array.from({ length: 10 }, (_, at) => `x:${at + 1}`);
    expect(ndcg(places(...others, 'a:1'), places('a:1'), 10)).toBe(0);
  });

  test('is 0 without hits or right places', () => {
    expect(ndcg([], places('a:1'), 10)).toBe(0);
    expect(ndcg(places('a:1'), [], 10)).toBe(0);
  });

  test('stays within 0 and 1, and 1 is the ideal order', () => {
    const anyPlaces = fc.array(
      fc
        .tuple(fc.constantFrom('a', 'b'), fc.integer({ min: 1, max: 99 }), fc.nat(70))
        .map(([path, startLine, more]) => ({ path, startLine, endLine: startLine + more })),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(anyPlaces, anyPlaces, (hits, gold) => {
        expect(ndcg(hits, gold, 10)).toBeGreaterThanOrEqual(0);
        expect(ndcg(hits, gold, 10)).toBeLessThanOrEqual(1);
        if (gold.length > 0) expect(ndcg(gold, gold, 10)).toBeCloseTo(1, 12);
      }),
    );
  });
});

describe('recall of right places', () => {
  test('is the share that is reached', () => {
    expect(goldFound(places('a:1', 'x:1', 'a:1'), places('a:1', 'b:1'), 10)).toBe(1 / 2);
    expect(goldFound(places('x:1', 'a:1'), places('a:1'), 1)).toBe(0);
    expect(goldFound(places('a:1'), [], 10)).toBe(0);
  });
});

describe('precision@k', () => {
  test('divides by k, as trec_eval does, even when there are fewer hits', () => {
    expect(precisionAt(places('a:1', 'x:1'), places('a:1-9'), 5)).toBe(1 / 5);
  });

  test('counts every hit in a right place', () => {
    expect(precisionAt(places('a:1', 'a:5', 'x:1', 'x:2', 'x:3', 'a:9'), places('a:1-9'), 5)).toBe(2 / 5);
  });
});

describe('line F1', () => {
  const gold = place('a:11-20');

  test.each([
    ['a:11-20', 1],
    // Nine of ten lines on both sides.
    ['a:12-21', 0.9],
    ['a:10-19', 0.9],
    // Ten lines in twenty.
    ['a:1-20', 20 / 30],
    // Two of ten.
    ['a:11-12', 4 / 12],
    ['a:21-30', 0],
    ['b:11-20', 0],
  ])('of %s with lines 11 to 20 is %d', (hit, f1) => {
    expect(lineF1(place(hit), gold)).toBeCloseTo(f1, 12);
  });

  test('counts the first 60 lines of a hit', () => {
    expect(lineF1(place('a:1-500'), gold)).toBeCloseTo(20 / 70, 12);
  });

  test('is that of the best hit', () => {
    expect(bestLineF1(places('a:1-20', 'x:1', 'a:11-12'), [gold])).toBeCloseTo(2 / 3, 12);
    expect(bestLineF1([], [gold])).toBe(0);
  });

  test('is symmetric for short ranges', () => {
    const range = fc
      .tuple(fc.integer({ min: 1, max: 60 }), fc.nat(50))
      .map(([start, more]) => place(`a:${start}-${start + more}`));
    fc.assert(
      fc.property(range, range, (one, other) => {
        expect(lineF1(one, other)).toBe(lineF1(other, one));
      }),
    );
  });
});

test('the head of a definition is its first line', () => {
  expect(showsHead(places('x:1', 'a:8-10'), places('a:10-20'))).toBe(true);
  expect(showsHead(places('a:11-20'), places('a:10-20'))).toBe(false);
});

describe('clean cuts', () => {
  const lines = [
    '/** Opens. */',
    'function open() {',
    '  return gate;',
    '}',
    '',
    'class Bell {',
    '  ring() {',
    '    this.rings++;',
    '  }',
    '  hang() {}',
    '}',
    '',
  ];

  test('begin behind a blank line, behind closing brackets and on the first line', () => {
    const beginnings = lines.map((_, at) => at + 1).filter((line) => beginsOn(lines, line - 1));
    // 10 is the method behind the one that ends on 9; 7 has the head of its class above it.
    expect(beginnings).toEqual([1, 6, 10]);
  });

  test('end where the next thing begins, or where nothing follows', () => {
    const ends = lines.map((_, at) => at + 1).filter((line) => endsClean(lines, line));
    // 5 is the blank line that parts the function from the class.
    expect(ends).toEqual([5, 9, 11, 12]);
  });

  test('are not there outside of the file', () => {
    expect(beginsOn(lines, 12)).toBe(false);
    expect(endsClean(lines, 13)).toBe(false);
  });

  test('are a share of both ends of every hit, 0 without hits', () => {
    const metric = RETRIEVAL_METRICS.find(({ id }) => id === 'clean-cuts@10');
    const cut = (startsClean: boolean, endsAt: boolean) => ({ startsClean, endsClean: endsAt });
    const of = (...hits: readonly object[]) => metric?.of({ hits } as unknown as RetrievalOutcome);
    expect(of(cut(true, true), cut(true, false))).toBe(3 / 4);
    expect(of()).toBe(0);
  });
});
