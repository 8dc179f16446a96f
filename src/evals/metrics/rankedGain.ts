import type { Place } from '../evalCase.ts';
import { relevantRank } from './relevantRank.ts';

/** The rank at which each right place is first reached; places that no hit reaches are left out. */
function ranksOf(hits: readonly Place[], gold: readonly Place[]): readonly number[] {
  return gold.map((place) => relevantRank(hits, [place])).filter((rank) => rank !== undefined);
}

/**
 * nDCG of the hits (Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", 2002): each right place
 * has a gain of 1, once, at the first hit that reaches it, divided by log2(rank + 1). The ideal has a right place at each
 * of the first ranks. A hit that reaches several right places has the gain of all, so the sum is cut to the ideal's.
 * 0 without a right place.
 */
export function ndcg(hits: readonly Place[], gold: readonly Place[], most: number): number {
  const reached = discounted(ranksOf(hits.slice(0, most), gold));
  const ideal = discounted(Array.from({ length: Math.min(gold.length, most) }, (_, at) => at + 1));
  return ideal === 0 ? 0 : Math.min(1, reached / ideal);
}

/** Share of the right places that the first hits reach, 0 without a right place. */
export function goldFound(hits: readonly Place[], gold: readonly Place[], most: number): number {
  return gold.length === 0 ? 0 : ranksOf(hits.slice(0, most), gold).length / gold.length;
}

/**
 * precision@k: right hits among the first k, divided by k even when there are fewer hits, as `trec_eval` does. Several
 * hits in one right place are all right.
 */
export function precisionAt(hits: readonly Place[], gold: readonly Place[], k: number): number {
  return hits.slice(0, k).filter((hit) => relevantRank([hit], gold) !== undefined).length / k;
}

function discounted(ranks: readonly number[]): number {
  return ranks.reduce((sum, rank) => sum + 1 / Math.log2(rank + 1), 0);
}
