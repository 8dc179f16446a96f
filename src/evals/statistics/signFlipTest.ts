import type { ClusterSum } from './clusteredDifferences.ts';
import { createRandom } from '../../core/shared/random.ts';

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
