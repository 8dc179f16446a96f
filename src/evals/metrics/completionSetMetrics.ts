import type { CompletionOutcome } from '../outcome.ts';
import { brierScore, calibrationError } from './calibration.ts';
import { precisionAtShowRate } from './precisionAtShowRate.ts';
import { ratedGuesses } from './ratedGuesses.ts';
import type { SetMetric } from './setMetric.ts';

/** Shares of the places at which something could be shown. */
export const SHOW_RATES = [0.1, 0.2, 0.3, 0.5];

function precisionAt(rate: number): SetMetric<CompletionOutcome> {
  return {
    id: `precision@show-${rate * 100}`,
    label: `Right, were the surest ${rate * 100} % shown`,
    kind: 'share',
    better: 'higher',
    of: (outcomes) => precisionAtShowRate(ratedGuesses(outcomes), outcomes.length, rate),
  };
}

/**
 * Characters that one need not type: those of every suggestion shown that is exactly the rest of the line. Taking one
 * costs a key of its own, which is left out here.
 */
function saved(outcomes: readonly CompletionOutcome[]): number {
  return outcomes.reduce((sum, { isExact, expected }) => sum + (isExact ? expected.length : 0), 0);
}

const savedPerPlace: SetMetric<CompletionOutcome> = {
  id: 'characters-saved',
  label: 'Characters saved at a place, on average',
  kind: 'amount',
  better: 'higher',
  of: (outcomes) => (outcomes.length === 0 ? undefined : saved(outcomes) / outcomes.length),
};

/** A ratio of sums, so that a long line counts for more than a short one. */
const savedShare: SetMetric<CompletionOutcome> = {
  id: 'share-saved',
  label: 'Hidden characters that need not be typed',
  kind: 'share',
  better: 'higher',
  of: (outcomes) => {
    const hidden = outcomes.reduce((sum, { expected }) => sum + expected.length, 0);
    return hidden === 0 ? undefined : saved(outcomes) / hidden;
  },
};

const expectedError: SetMetric<CompletionOutcome> = {
  id: 'ece',
  label: 'Calibration error (ECE, 10 bins of equal mass)',
  kind: 'amount',
  better: 'lower',
  of: (outcomes) => calibrationError(ratedGuesses(outcomes)),
};

const brier: SetMetric<CompletionOutcome> = {
  id: 'brier',
  label: 'Brier score of the confidence',
  kind: 'amount',
  better: 'lower',
  of: (outcomes) => brierScore(ratedGuesses(outcomes)),
};

export const COMPLETION_SET_METRICS: readonly SetMetric<CompletionOutcome>[] = [
  savedShare,
  savedPerPlace,
  ...SHOW_RATES.map(precisionAt),
  expectedError,
  brier,
];
