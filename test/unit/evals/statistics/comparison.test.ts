import { expect, test } from 'vitest';
import { comparePairs, compareSlices, verdict } from '../../../../src/evals/statistics/comparison.ts';
import type { PairedCase } from '../../../../src/evals/statistics/significance.ts';
import { createRandom } from '../../../../src/core/shared/random.ts';

/** `wins` cases that only ours gets right, `losses` that only theirs does, `ties` that both do; a file each. */
function binaryPairs(wins: number, losses: number, ties: number): readonly PairedCase[] {
  return Array.from({ length: wins + losses + ties }, (_, at) => ({
    cluster: `${at}`,
    ours: at < wins || at >= wins + losses ? 1 : 0,
    theirs: at >= wins ? 1 : 0,
  }));
}

test('counts wins and losses and gives the difference of the means', () => {
  expect(comparePairs(binaryPairs(9, 1, 10), 1)).toMatchObject({
    n: 20,
    clusters: 20,
    ours: 0.95,
    theirs: 0.55,
    difference: 0.4,
    wins: 9,
    losses: 1,
    outcome: 'better',
  });
});

test('says which of the two is worse', () => {
  const worse = comparePairs(binaryPairs(1, 9, 10), 1);
  expect(worse.outcome).toBe('worse');
  expect(verdict(worse)).toMatch(/^worse by 40\.0 points \(95 % interval −\d+\.\d to −\d+\.\d\)$/);
});

test('is the same for the same seed and close for another', () => {
  const pairs = binaryPairs(30, 10, 60);
  expect(comparePairs(pairs, 7)).toEqual(comparePairs(pairs, 7));
  const [low] = comparePairs(pairs, 7).interval ?? [0];
  const [other] = comparePairs(pairs, 8).interval ?? [1];
  expect(low).toBeCloseTo(other, 1);
});

test('five cases one way and none the other are too few to call', () => {
  const few = comparePairs(binaryPairs(5, 0, 35), 1);
  expect(few.pValue).toBeCloseTo(0.0625, 10);
  expect(few.outcome).toBe('no visible difference');
  expect(verdict(few)).toMatch(
    /^no visible difference; this suite can only see differences ≥ \d+\.\d points$/,
  );
});

test('forty cases of one file are one observation', () => {
  const pairs = binaryPairs(30, 0, 10).map((pair) => ({ ...pair, cluster: 'one' }));
  const compared = comparePairs(pairs, 1);
  expect(compared).toMatchObject({ clusters: 1, interval: null, minimumDetectable: null });
  expect(verdict(compared)).toBe('no visible difference; the cases come from too few files to tell');
});

test('what lies in few files is not promised to be seen', () => {
  // One file of many cases speaks for ours and two small ones against it.
  const pairs = binaryPairs(30, 2, 10).map((pair, at) => ({ ...pair, cluster: `${at < 30 ? 0 : at % 8}` }));
  const compared = comparePairs(pairs, 1);
  expect(compared.outcome).toBe('no visible difference');
  expect(verdict(compared)).toBe('no visible difference; the cases come from too few files to tell');
});

test('cases that depend on each other widen the interval', () => {
  const apart = binaryPairs(40, 20, 40);
  // Ten to a file, alike within it.
  const together = apart.map((pair, at) => ({ ...pair, cluster: `${Math.floor(at / 10)}` }));
  const width = ([low, high]: readonly [number, number]) => high - low;
  const narrow = width(comparePairs(apart, 1).interval ?? [0, 0]);
  expect(width(comparePairs(together, 1).interval ?? [0, 0])).toBeGreaterThan(2 * narrow);
});

test('nothing to compare is no difference', () => {
  expect(comparePairs([], 1)).toMatchObject({ n: 0, difference: 0, outcome: 'no visible difference' });
});

test('a slice must stand out more when there are several', () => {
  const pairs = binaryPairs(8, 1, 20);
  expect(comparePairs(pairs, 1).outcome).toBe('better');
  const slices = compareSlices({ Go: pairs, Rust: binaryPairs(1, 1, 20), Python: binaryPairs(0, 1, 20) }, 1);
  expect(slices['Go']?.pValue).toBeCloseTo(3 * 0.0390625, 10);
  expect(slices['Go']?.outcome).toBe('no visible difference');
});

/** Two runs of the same system that differ by chance alone; three cases to a file. */
function chancePairs(seed: number, value: (random: () => number) => number): readonly PairedCase[] {
  const random = createRandom(seed);
  return Array.from({ length: 120 }, (_, at) => {
    const both = random() < 0.5 ? value(random) : undefined;
    return {
      cluster: `${Math.floor(at / 3)}`,
      ours: both ?? value(random),
      theirs: both ?? value(random),
    };
  });
}

test.each([
  ['right or wrong', (random: () => number) => Number(random() < 0.6)],
  ['reciprocal ranks', (random: () => number) => 1 / Math.ceil(random() * 10)],
])('a system differs from itself in at most 5 of 100 runs: %s', (_, value) => {
  const flagged = Array.from({ length: 100 }, (_, seed) =>
    comparePairs(chancePairs(seed, value), seed),
  ).filter(({ outcome }) => outcome !== 'no visible difference');
  expect(flagged.length).toBeLessThanOrEqual(5);
});

test('a difference of the size it promises to see is seen in about four of five runs', () => {
  const outcomes = Array.from({ length: 40 }, (_, seed) => {
    const random = createRandom(seed + 1000);
    const pairs = Array.from({ length: 100 }, (_, at) => {
      const theirs = random();
      return { cluster: `${at}`, ours: theirs + random() - 0.5 + 0.0809, theirs };
    });
    return comparePairs(pairs, seed);
  });
  // Differences are uniform over one unit: the error is √(1/12/100) = 0.0289, of which 2.8 times is 0.0809.
  expect(outcomes[0]?.minimumDetectable).toBeCloseTo(0.0809, 2);
  const seen = outcomes.filter(({ outcome }) => outcome === 'better').length;
  expect(seen).toBeGreaterThan(0.65 * 40);
  expect(seen).toBeLessThan(0.95 * 40);
});
