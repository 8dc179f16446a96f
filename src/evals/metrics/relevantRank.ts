import type { Place } from '../evalCase.ts';
import { reaches } from './reaches.ts';

/**
 * The 1-based rank of the first hit that shares a line with any of the right places; `undefined` when none does. A hit
 * is cut to its first `MAX_HIT_LINES` lines.
 */
export function relevantRank(hits: readonly Place[], gold: readonly Place[]): number | undefined {
  const index = hits.findIndex((hit) => gold.some((place) => reaches(hit, place)));
  return index < 0 ? undefined : index + 1;
}
