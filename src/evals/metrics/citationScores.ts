import type { Place } from '../evalCase.ts';

/**
 * Citation precision: share of the places cited that share a line with a right place. Does not apply without a
 * citation or without a right place. Named as in ALCE (Gao et al., "Enabling Large Language Models to Generate Text
 * with Citations", 2023), which has a model judge each statement; here the right places are known.
 */
export function citationPrecision(cited: readonly Place[], gold: readonly Place[]): number | undefined {
  if (cited.length === 0 || gold.length === 0) return undefined;
  return cited.filter((place) => gold.some((each) => shareLine(place, each))).length / cited.length;
}

/** Citation recall: share of the right places that are cited, 0 when nothing is. Does not apply without a right place. */
export function citationRecall(cited: readonly Place[], gold: readonly Place[]): number | undefined {
  if (gold.length === 0) return undefined;
  return gold.filter((place) => cited.some((each) => shareLine(each, place))).length / gold.length;
}

/**
 * Harmonic mean of citation precision and recall. 0 when nothing is cited, so that it applies to every question that
 * has a right place, whatever is answered.
 */
export function citationF1(cited: readonly Place[], gold: readonly Place[]): number | undefined {
  const recall = citationRecall(cited, gold);
  if (recall === undefined) return undefined;
  const precision = citationPrecision(cited, gold) ?? 0;
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
}

/** A citation is an exact statement: unlike a hit it is not cut to what a reader would look at. */
export function shareLine(a: Place, b: Place): boolean {
  return a.path === b.path && a.startLine <= b.endLine && b.startLine <= a.endLine;
}
