import type { CompletionOutcome } from '../outcome.ts';

/** Guesses of about the same confidence, as a row of a reliability table. */
export interface ReliabilityBin {
  readonly n: number;
  /** Lowest and highest confidence. */
  readonly from: number;
  readonly to: number;
  /** Mean confidence, and the share that is right: the same where confidence means what it says. */
  readonly confidence: number;
  readonly right: number;
}

const BINS = 10;

/**
 * The guesses in ten bins of equal mass: sorted by confidence, as many in each as in any other, but equally sure ones
 * stay together (Nguyen and O'Connor, "Posterior calibration and exploratory analysis for natural language processing
 * models", 2015). Bins of equal width would leave most of them empty, as confidences crowd at the ends. Least sure first.
 */
export function reliabilityTable(guesses: readonly RatedGuess[]): readonly ReliabilityBin[] {
  const sorted = guesses.toSorted((a, b) => a.confidence - b.confidence);
  const bins: ReliabilityBin[] = [];
  let start = 0;
  for (let bin = 1; bin <= BINS; bin++) {
    let end = Math.max(start, Math.round((bin * sorted.length) / BINS));
    while (end > start && end < sorted.length && sorted[end]?.confidence === sorted[end - 1]?.confidence)
      end++;
    if (end > start) bins.push(binOf(sorted.slice(start, end)));
    start = end;
  }
  return bins;
}

/**
 * Expected calibration error: mean distance between confidence and share right over the bins of `reliabilityTable`,
 * weighted by their guesses (Naeini et al., "Obtaining well calibrated probabilities using Bayesian binning", 2015).
 * Above 0 by chance alone, the more the fewer guesses there are. `undefined` without a guess.
 */
export function calibrationError(guesses: readonly RatedGuess[]): number | undefined {
  if (guesses.length === 0) return undefined;
  const distance = reliabilityTable(guesses).reduce(
    (sum, { n, confidence, right }) => sum + n * Math.abs(confidence - right),
    0,
  );
  return distance / guesses.length;
}

/**
 * Mean squared distance of confidence from what came of it, 1 for right and 0 for wrong (Brier, "Verification of forecasts
 * expressed in terms of probability", 1950, in its form for two outcomes). `undefined` without a guess.
 */
export function brierScore(guesses: readonly RatedGuess[]): number | undefined {
  if (guesses.length === 0) return undefined;
  return meanOf(guesses.map(({ confidence, isRight }) => (confidence - Number(isRight)) ** 2));
}

function binOf(members: readonly RatedGuess[]): ReliabilityBin {
  return {
    n: members.length,
    from: members[0]?.confidence ?? 0,
    to: members.at(-1)?.confidence ?? 0,
    confidence: meanOf(members.map(({ confidence }) => confidence)),
    right: meanOf(members.map(({ isRight }) => Number(isRight))),
  };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The best guess at each place that has one, shown or held back, with how sure the model was of it. */
export function ratedGuesses(outcomes: readonly CompletionOutcome[]): readonly RatedGuess[] {
  return outcomes.flatMap(({ confidence, shown, isExact, heldBack, expected }) =>
    confidence === null ? [] : [{ confidence, isRight: shown === null ? heldBack === expected : isExact }],
  );
}

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
