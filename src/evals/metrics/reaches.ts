import type { Place } from '../evalCase.ts';

/** Of a longer hit only so many lines count: else whoever cuts files into giant pieces always hits. */
export const MAX_HIT_LINES = 60;

/** The last line of a hit that counts. */
export function lastCounted({ startLine, endLine }: Place): number {
  return Math.min(endLine, startLine + MAX_HIT_LINES - 1);
}

/** Whether a hit, cut to its first `MAX_HIT_LINES` lines, shares a line with a right place. */
export function reaches(hit: Place, gold: Place): boolean {
  return hit.path === gold.path && hit.startLine <= gold.endLine && gold.startLine <= lastCounted(hit);
}
