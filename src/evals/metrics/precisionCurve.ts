/** A guess with how sure its method is of it. */
export interface RatedGuess {
  readonly confidence: number;
  readonly isRight: boolean;
}

/** What a threshold comes to. */
export interface CurvePoint {
  readonly threshold: number;
  /** Share of all places at which something is shown. */
  readonly shown: number;
  /** Share of what is shown that is right; null when nothing is. */
  readonly precision: number | null;
}

/** What is shown at a threshold, of `places` places; where a method offers nothing, it has no guess in the list. */
export function pointAt(guesses: readonly RatedGuess[], places: number, threshold: number): CurvePoint {
  const shown = guesses.filter(({ confidence }) => confidence >= threshold);
  const right = shown.filter(({ isRight }) => isRight).length;
  return {
    threshold,
    shown: places === 0 ? 0 : shown.length / places,
    precision: shown.length === 0 ? null : right / shown.length,
  };
}

/** The point that shows the most with at least `precision` of it right. Equally sure guesses are shown together. */
export function mostShownAt(guesses: readonly RatedGuess[], places: number, precision: number): CurvePoint {
  const sorted = guesses.toSorted((a, b) => b.confidence - a.confidence);
  let best: CurvePoint = { threshold: Infinity, shown: 0, precision: null };
  let right = 0;
  for (const [at, { confidence, isRight }] of sorted.entries()) {
    right += Number(isRight);
    const isLastOfEqual = sorted[at + 1]?.confidence !== confidence;
    if (isLastOfEqual && right / (at + 1) >= precision) {
      best = { threshold: confidence, shown: (at + 1) / places, precision: right / (at + 1) };
    }
  }
  return best;
}
