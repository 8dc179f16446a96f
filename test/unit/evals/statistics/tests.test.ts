import { expect, test } from 'vitest';
import { bootstrapInterval } from '../../../../src/evals/statistics/bootstrap.ts';
import {
  clusteredError,
  clusterSums,
  holmAdjusted,
  mcNemarTest,
  meanDifference,
  minimumDetectable,
  signFlipTest,
} from '../../../../src/evals/statistics/significance.ts';
import { createRandom } from '../../../../src/core/shared/random.ts';

const one = (sum: number) => ({ count: 1, sum });

test.each([
  // 2 · ½⁶
  [6, 0, 0.03125],
  [0, 6, 0.03125],
  // 2 · (1 + 9) / 2⁹
  [8, 1, 0.0390625],
  // 2 · (1 + 11 + 55) / 2¹¹
  [9, 2, 0.0654296875],
  [3, 3, 1],
  [0, 0, 1],
])('McNemar: %d wins and %d losses', (wins, losses, p) => {
  expect(mcNemarTest(wins, losses)).toBeCloseTo(p, 12);
});

test('McNemar of thousands of cases neither overflows nor underflows to nothing', () => {
  expect(mcNemarTest(2600, 2400)).toBeCloseTo(0.0049, 3);
});

test('Holm: the smallest counts most often, and no later one falls below an earlier', () => {
  // 3 · 0.01, 2 · 0.02, and 1 · 0.03 raised to what came before.
  expect(holmAdjusted([0.02, 0.01, 0.03]).map((p) => +p.toFixed(6))).toEqual([0.04, 0.03, 0.04]);
  expect(holmAdjusted([0.9, 0.8])).toEqual([1, 1]);
  expect(holmAdjusted([])).toEqual([]);
});

test('sign flips: all of three clusters one way happens in two of eight ways', () => {
  expect(signFlipTest([one(1), one(2), one(3)], 1)).toBe(0.25);
});

test('sign flips: clusters without a difference say nothing', () => {
  expect(signFlipTest([one(0), one(0)], 1)).toBe(1);
  expect(signFlipTest([one(1), one(0), one(2), one(3)], 1)).toBe(0.25);
});

test('sign flips: many clusters are sampled and agree with the exact value', () => {
  // Exactly: 2 · (1 + 12 + 66) / 2¹² for two of twelve against the rest.
  const sums = Array.from({ length: 12 }, (_, at) => one(at < 2 ? -1 : 1));
  expect(signFlipTest(sums, 1)).toBeCloseTo(0.0386, 2);
});

test('clusters add up, and cases in larger clusters weigh no less', () => {
  const sums = clusterSums([
    { cluster: 'a', ours: 1, theirs: 0 },
    { cluster: 'a', ours: 1, theirs: 1 },
    { cluster: 'b', ours: 0, theirs: 1 },
  ]);
  expect(sums).toEqual([
    { count: 2, sum: 1 },
    { count: 1, sum: -1 },
  ]);
  expect(meanDifference(sums)).toBe(0);
});

test('the clustered error of single cases is the usual one', () => {
  // 1, 0, 0, 1: variance 1/3 over four cases.
  expect(clusteredError([one(1), one(0), one(0), one(1)])).toBeCloseTo(Math.sqrt(1 / 3 / 4), 12);
  expect(clusteredError([one(1)])).toBeNull();
});

test('the clustered error grows when equal cases lie together', () => {
  // Two clusters of two, one up and one down by 2 · ½: √((1 + 1) · 2) / 4.
  expect(
    clusteredError([
      { count: 2, sum: 2 },
      { count: 2, sum: 0 },
    ]),
  ).toBeCloseTo(0.5, 12);
});

test('the least detectable difference is 2.8 errors', () => {
  expect(minimumDetectable(0.1)).toBeCloseTo(0.2801585, 6);
});

test('the bootstrap of a sure thing is a point, and needs two clusters', () => {
  expect(bootstrapInterval([one(0.5), one(0.5), one(0.5)], 3)).toEqual([0.5, 0.5]);
  expect(bootstrapInterval([one(0.5)], 3)).toBeNull();
});

test('the bootstrap of many cases is near the normal interval', () => {
  const random = createRandom(5);
  const sums = Array.from({ length: 400 }, () => one(random() < 0.5 ? 1 : 0));
  const mean = meanDifference(sums);
  const [low, high] = bootstrapInterval(sums, 1) ?? [0, 0];
  expect(low).toBeCloseTo(mean - 1.96 * 0.025, 2);
  expect(high).toBeCloseTo(mean + 1.96 * 0.025, 2);
});
