import { createRandom } from '../../core/shared/random.ts';

const RESAMPLES = 1000;
const TAIL = 0.025;
/** A statistic that most often cannot be taken has no interval worth the name. */
const LEAST_TAKEN = 0.9;

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
  const values = Array.from({ length: RESAMPLES }, () => statistic(draw()))
    .filter((value) => value !== undefined)
    .sort((a, b) => a - b);
  if (values.length < LEAST_TAKEN * RESAMPLES) return null;
  const at = (share: number): number => values[Math.round(share * (values.length - 1))] ?? 0;
  return [at(TAIL), at(1 - TAIL)];
}
