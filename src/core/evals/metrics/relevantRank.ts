import type { Place } from '../evalCase.ts';

/** Of a longer hit only so many lines count: else whoever cuts files into giant pieces always hits. */
export const MAX_HIT_LINES = 60;

/**
 * The 1-based rank of the first hit that shares a line with any of the right places; `undefined` when none does. A hit
 * is cut to its first `MAX_HIT_LINES` lines.
 */
export function relevantRank(hits: readonly Place[], gold: readonly Place[]): number | undefined {
  const index = hits.findIndex((hit) => gold.some((place) => overlaps(hit, place)));
  return index < 0 ? undefined : index + 1;
}

function overlaps(hit: Place, gold: Place): boolean {
  const hitEnd = Math.min(hit.endLine, hit.startLine + MAX_HIT_LINES - 1);
  return hit.path === gold.path && hit.startLine <= gold.endLine && gold.startLine <= hitEnd;
}
