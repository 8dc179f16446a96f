import type { Place } from '../evalCase.ts';
import { lastCounted, reaches } from './reaches.ts';

/**
 * Line F1: how well a hit's lines are the lines of a right place. With the lines that both have, precision is their share
 * of the hit's (cut as in `reaches`), recall their share of the right place's; the harmonic mean is
 * `2 · both / (hit + right)`, the coefficient of Dice (1945) and Sørensen (1948). 1 when they are the same range.
 */
export function lineF1(hit: Place, gold: Place): number {
  if (!reaches(hit, gold)) return 0;
  const last = lastCounted(hit);
  const both = Math.min(last, gold.endLine) - Math.max(hit.startLine, gold.startLine) + 1;
  return (2 * both) / (last - hit.startLine + 1 + (gold.endLine - gold.startLine + 1));
}

/** The line F1 of the hit and the right place that fit best. */
export function bestLineF1(hits: readonly Place[], gold: readonly Place[]): number {
  return Math.max(0, ...hits.flatMap((hit) => gold.map((place) => lineF1(hit, place))));
}

/** Whether any hit shows the line that a right place begins with: the one that names a definition. */
export function showsHead(hits: readonly Place[], gold: readonly Place[]): boolean {
  const heads = gold.map((place) => ({ ...place, endLine: place.startLine }));
  return hits.some((hit) => heads.some((head) => reaches(hit, head)));
}
