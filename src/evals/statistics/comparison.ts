import { mean } from '../metrics/average.ts';
import { bootstrapInterval } from './bootstrap.ts';
import {
  clusteredError,
  clusterSums,
  holmAdjusted,
  mcNemarTest,
  meanDifference,
  minimumDetectable,
  type PairedCase,
  signFlipTest,
} from './significance.ts';

/** Two systems on the same cases. */
export interface Comparison {
  readonly n: number;
  readonly clusters: number;
  readonly ours: number;
  readonly theirs: number;
  readonly difference: number;
  /** 95 % interval of the difference; null where there are too few clusters to tell. */
  readonly interval: readonly [low: number, high: number] | null;
  /** The least difference this suite finds in four of five runs; null where there are too few clusters to tell. */
  readonly minimumDetectable: number | null;
  /** Cases on which ours does better, and worse. */
  readonly wins: number;
  readonly losses: number;
  readonly pValue: number;
  readonly outcome: 'better' | 'worse' | 'no visible difference';
}

const LEVEL = 0.05;

/** The error of a mean over fewer clusters is a guess, and so is what follows from it. */
const ENOUGH_CLUSTERS = 10;

/**
 * Compares two systems case by case. A difference is called one only when the interval leaves 0 out and the test
 * agrees: the interval alone is a little too narrow where clusters are few, and the exact test for binary measures
 * takes cases as independent.
 */
export function comparePairs(pairs: readonly PairedCase[], seed: number): Comparison {
  const sums = clusterSums(pairs);
  const error = clusteredError(sums);
  const wins = pairs.filter(({ ours, theirs }) => ours > theirs).length;
  const losses = pairs.filter(({ ours, theirs }) => ours < theirs).length;
  const compared = {
    n: pairs.length,
    clusters: sums.length,
    ours: mean(pairs.map(({ ours }) => ours)) ?? 0,
    theirs: mean(pairs.map(({ theirs }) => theirs)) ?? 0,
    difference: meanDifference(sums),
    interval: bootstrapInterval(sums, seed),
    minimumDetectable: error === null || sums.length < ENOUGH_CLUSTERS ? null : minimumDetectable(error),
    wins,
    losses,
    pValue: pairs.every(isBinary) ? mcNemarTest(wins, losses) : signFlipTest(sums, seed),
  };
  return { ...compared, outcome: outcomeOf(compared) };
}

/** Compares slice by slice. The p-values are corrected for there being several. */
export function compareSlices(
  slices: Readonly<Record<string, readonly PairedCase[]>>,
  seed: number,
): Readonly<Record<string, Comparison>> {
  const compared = Object.entries(slices).map(([name, pairs]) => [name, comparePairs(pairs, seed)] as const);
  const pValues = holmAdjusted(compared.map(([, { pValue }]) => pValue));
  return Object.fromEntries(
    compared.map(([name, slice], at) => {
      const corrected = { ...slice, pValue: pValues[at] ?? 1 };
      return [name, { ...corrected, outcome: outcomeOf(corrected) }];
    }),
  );
}

function outcomeOf({ interval, pValue }: Pick<Comparison, 'interval' | 'pValue'>): Comparison['outcome'] {
  if (interval === null || pValue >= LEVEL) return 'no visible difference';
  if (interval[0] > 0) return 'better';
  return interval[1] < 0 ? 'worse' : 'no visible difference';
}

function isBinary({ ours, theirs }: PairedCase): boolean {
  return (ours === 0 || ours === 1) && (theirs === 0 || theirs === 1);
}

/** A comparison in a sentence, with differences of shares in points of a hundred. */
export function verdict({ outcome, difference, interval, minimumDetectable }: Comparison): string {
  if (interval !== null && outcome !== 'no visible difference') {
    const [low, high] = interval;
    return `${outcome} by ${points(Math.abs(difference))} points (95 % interval ${signedPoints(low)} to ${signedPoints(high)})`;
  }
  if (minimumDetectable === null || minimumDetectable < Math.abs(difference)) {
    return 'no visible difference; the cases come from too few files to tell';
  }
  return `no visible difference; this suite can only see differences ≥ ${points(minimumDetectable)} points`;
}

/** A share, or a difference of shares, in points of a hundred: `12.5`. */
export function points(share: number): string {
  return (100 * share).toFixed(1);
}

/** The same with its sign: `+12.5`. */
export function signedPoints(share: number): string {
  return `${share < 0 ? '−' : '+'}${points(Math.abs(share))}`;
}
