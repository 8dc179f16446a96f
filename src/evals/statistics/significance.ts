import { createRandom } from '../../core/shared/random.ts';
import { Z95 } from '../metrics/average.ts';

/**
 * Exact two-sided p-value of McNemar's test ("Note on the sampling error of the difference between correlated
 * proportions", 1947): of `wins + losses` cases on which two systems differ, each is as likely to go either way when
 * neither is better, so the smaller count is binomial with probability ½.
 */
export function mcNemarTest(wins: number, losses: number): number {
  const n = wins + losses;
  const fewer = Math.min(wins, losses);
  // In logarithms: 2^n and the binomial coefficients overflow from some thousand cases on.
  let term = -n * Math.LN2;
  let tail = 0;
  for (let k = 0; k <= fewer; k++) {
    tail += Math.exp(term);
    term += Math.log((n - k) / (k + 1));
  }
  return Math.min(1, 2 * tail);
}

const FLIPS = 4000;
/** Up to this many clusters every way to flip them is looked at, and the result is exact. */
const EXACT_CLUSTERS = 11;
const ROUNDING = 1e-12;

/**
 * Two-sided p-value of "neither system is better": how often the sum of differences is as far from 0 as it is when
 * the two systems' names are swapped at random, cluster by cluster (Fisher's randomisation test, "The Design of
 * Experiments", 1935). Exact for few clusters, else the share among 4,000 swaps and the one observed.
 */
export function signFlipTest(sums: readonly ClusterSum[], seed: number): number {
  const values = sums.map(({ sum }) => sum).filter((sum) => sum !== 0);
  const observed = Math.abs(values.reduce((total, value) => total + value, 0)) - ROUNDING;
  if (values.length <= EXACT_CLUSTERS) return exactly(values, observed);
  const random = createRandom(seed);
  let extreme = 1;
  for (let flip = 0; flip < FLIPS; flip++) {
    let sum = 0;
    for (const value of values) sum += random() < 0.5 ? value : -value;
    if (Math.abs(sum) >= observed) extreme++;
  }
  return extreme / (FLIPS + 1);
}

function exactly(values: readonly number[], observed: number): number {
  const ways = 2 ** values.length;
  let extreme = 0;
  for (let way = 0; way < ways; way++) {
    const sum = values.reduce((total, value, at) => total + ((way >> at) & 1 ? value : -value), 0);
    if (Math.abs(sum) >= observed) extreme++;
  }
  return extreme / ways;
}

/**
 * The p-values of several tests made at once, corrected so that the chance of any false finding among them stays at
 * the level asked for (Holm, "A simple sequentially rejective multiple test procedure", 1979). In the order given.
 */
export function holmAdjusted(pValues: readonly number[]): readonly number[] {
  const order = [...pValues.keys()].sort((a, b) => (pValues[a] ?? 0) - (pValues[b] ?? 0));
  const adjusted = pValues.map(() => 1);
  let least = 0;
  for (const [rank, at] of order.entries()) {
    least = Math.min(1, Math.max(least, (pValues.length - rank) * (pValues[at] ?? 1)));
    adjusted[at] = least;
  }
  return adjusted;
}

/** The 80 % point of the standard normal distribution. */
const Z80 = 0.8416212335729143;

/**
 * The least true difference that a comparison with this standard error finds in four of five runs at the 5 % level:
 * `(z_0.975 + z_0.8) · error` (Cohen, "Statistical Power Analysis", 1988).
 */
export function minimumDetectable(error: number): number {
  return (Z95 + Z80) * error;
}

/** The same case measured on two systems. Both values are on one scale; for a binary measure they are 0 or 1. */
export interface PairedCase {
  /** What cases may depend on each other through, such as the file that they are made from. */
  readonly cluster: string;
  readonly ours: number;
  readonly theirs: number;
}

/** What the cases of one cluster add up to: enough to resample clusters without looking at cases again. */
export interface ClusterSum {
  readonly count: number;
  /** Sum of `ours - theirs`. */
  readonly sum: number;
}

/** Adds up the differences within each cluster: its cases depend on each other. */
export function clusterSums(pairs: readonly PairedCase[]): readonly ClusterSum[] {
  return [...Map.groupBy(pairs, ({ cluster }) => cluster).values()].map((members) => ({
    count: members.length,
    sum: members.reduce((total, { ours, theirs }) => total + (ours - theirs), 0),
  }));
}

/** The mean difference over all cases, 0 when there are none. */
export function meanDifference(sums: readonly ClusterSum[]): number {
  let count = 0;
  let sum = 0;
  for (const cluster of sums) {
    count += cluster.count;
    sum += cluster.sum;
  }
  return count === 0 ? 0 : sum / count;
}

/**
 * The standard error of the mean difference when cases of one cluster go up and down together (Liang and Zeger,
 * "Longitudinal data analysis using generalized linear models", 1986, for a mean): with d̄ the mean over n cases in
 * C clusters, `√(Σ_c (Σ_i (d_i - d̄))² · C / (C - 1)) / n`. Null for fewer than two clusters.
 */
export function clusteredError(sums: readonly ClusterSum[]): number | null {
  const clusters = sums.length;
  if (clusters < 2) return null;
  const mean = meanDifference(sums);
  const cases = sums.reduce((total, { count }) => total + count, 0);
  const squares = sums.reduce((total, { count, sum }) => total + (sum - count * mean) ** 2, 0);
  return Math.sqrt((squares * clusters) / (clusters - 1)) / cases;
}
