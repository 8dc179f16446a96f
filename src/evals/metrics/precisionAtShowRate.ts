import type { RatedGuess } from './precisionCurve.ts';

/**
 * Precision at a show rate: were the surest guesses shown at this share of all places, the share of them that would be
 * right. Of equally sure guesses at the border as many as fit are taken, with the share of all of them that is right, so
 * that their order says nothing. `undefined` when there are fewer guesses than that. Compares two models, or two ways of
 * being sure, wherever each has set its threshold.
 */
export function precisionAtShowRate(
  guesses: readonly RatedGuess[],
  places: number,
  rate: number,
): number | undefined {
  const wanted = Math.round(rate * places);
  if (wanted === 0 || guesses.length < wanted) return undefined;
  const sorted = guesses.toSorted((a, b) => b.confidence - a.confidence);
  const border = sorted[wanted - 1]?.confidence ?? 0;
  const surer = sorted.filter(({ confidence }) => confidence > border);
  const equal = sorted.filter(({ confidence }) => confidence === border);
  const expected = ((wanted - surer.length) * rightOf(equal)) / equal.length;
  return (rightOf(surer) + expected) / wanted;
}

function rightOf(guesses: readonly RatedGuess[]): number {
  return guesses.filter(({ isRight }) => isRight).length;
}
