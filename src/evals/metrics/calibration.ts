import type { RatedGuess } from './precisionCurve.ts';

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
