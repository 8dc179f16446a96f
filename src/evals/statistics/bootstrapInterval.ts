import type { ClusterSum } from './clusteredDifferences.ts';
import { createRandom } from '../../core/shared/random.ts';

const RESAMPLES = 4000;
const TAIL = 0.025;

/**
 * The 95 % percentile interval of the mean difference, from whole clusters drawn with replacement (Efron and
 * Tibshirani, "An Introduction to the Bootstrap", 1993, ch. 13; clusters as in Field and Welsh 2007). The same for the
 * same seed. Null for fewer than two clusters.
 */
export function bootstrapInterval(
  sums: readonly ClusterSum[],
  seed: number,
): readonly [low: number, high: number] | null {
  if (sums.length < 2) return null;
  const random = createRandom(seed);
  const means = Float64Array.from({ length: RESAMPLES }, () => resampledMean(sums, random));
  means.sort();
  return [means[Math.floor(RESAMPLES * TAIL)] ?? 0, means[Math.ceil(RESAMPLES * (1 - TAIL)) - 1] ?? 0];
}

function resampledMean(sums: readonly ClusterSum[], random: () => number): number {
  let count = 0;
  let total = 0;
  for (let drawn = 0; drawn < sums.length; drawn++) {
    const cluster = sums[Math.floor(random() * sums.length)];
    count += cluster?.count ?? 0;
    total += cluster?.sum ?? 0;
  }
  return total / count;
}
