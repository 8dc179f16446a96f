import type { RatedGuess } from './precisionCurve.ts';
import type { CompletionOutcome } from '../outcome.ts';

/** The best guess at each place that has one, shown or held back, with how sure the model was of it. */
export function ratedGuesses(outcomes: readonly CompletionOutcome[]): readonly RatedGuess[] {
  return outcomes.flatMap(({ confidence, shown, isExact, heldBack, expected }) =>
    confidence === null ? [] : [{ confidence, isRight: shown === null ? heldBack === expected : isExact }],
  );
}
