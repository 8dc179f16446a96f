import { createRandom } from '../../core/shared/random.ts';
import type { ClusterSum } from './significance.ts';

const MEAN_RESAMPLES = 4000;
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
  const means = Float64Array.from({ length: MEAN_RESAMPLES }, () => resampledMean(sums, random));
  means.sort();
  return [
    means[Math.floor(MEAN_RESAMPLES * TAIL)] ?? 0,
    means[Math.ceil(MEAN_RESAMPLES * (1 - TAIL)) - 1] ?? 0,
  ];
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

const STATISTIC_RESAMPLES = 1000;
/** A statistic that most often cannot be taken has no interval worth the name. */
const MIN_TAKEN = 0.9;

/**
 * The 95 % percentile interval of any statistic, from whole clusters drawn with replacement (Efron and Tibshirani, "An
 * Introduction to the Bootstrap", 1993, ch. 13). The same for the same seed. Null for fewer than two clusters, and when
 * the statistic is undefined for more than a tenth of the draws.
 */
export function bootstrapStatistic<O>(
  clusters: readonly (readonly O[])[],
  statistic: (drawn: readonly O[]) => number | undefined,
  seed: number,
): readonly [low: number, high: number] | null {
  if (clusters.length < 2) return null;
  const random = createRandom(seed);
  const draw = (): readonly O[] =>
    clusters.flatMap(() => clusters[Math.floor(random() * clusters.length)] ?? []);
  const values = Array.from({ length: STATISTIC_RESAMPLES }, () => statistic(draw()))
    .filter((value) => value !== undefined)
    .sort((a, b) => a - b);
  if (values.length < MIN_TAKEN * STATISTIC_RESAMPLES) return null;
  const at = (share: number): number => values[Math.round(share * (values.length - 1))] ?? 0;
  return [at(TAIL), at(1 - TAIL)];
}
