import type { ChatOutcome, ChatTrial, CompletionOutcome } from '../../../src/evals/outcome.ts';
import { createRandom } from '../../../src/core/shared/random.ts';

/** What a change makes of every outcome. */
export type Change<O> = (outcomes: readonly O[]) => readonly O[];

/** Shows what a model was as sure of as it was of the least sure suggestion it showed, give or take `amount`. */
export function noisyThreshold(seed: number, amount: number): Change<CompletionOutcome> {
  const random = createRandom(seed);
  return (outcomes) => shownAbove(outcomes, thresholdOf(outcomes), () => amount * (2 * random() - 1));
}

/** As it would be with another threshold. */
export function scaledThreshold(factor: number): Change<CompletionOutcome> {
  return (outcomes) => shownAbove(outcomes, factor * thresholdOf(outcomes), () => 0);
}

function thresholdOf(outcomes: readonly CompletionOutcome[]): number {
  const shown = outcomes.filter((each) => each.shown !== null).map(({ confidence }) => confidence ?? 1);
  return Math.min(...shown);
}

function shownAbove(
  outcomes: readonly CompletionOutcome[],
  threshold: number,
  noise: () => number,
): readonly CompletionOutcome[] {
  return outcomes.map((outcome) => {
    const { shown, heldBack, expected, isExact, confidence } = outcome;
    const guess = shown ?? heldBack;
    const isShown = guess !== null && (confidence ?? 0) + noise() >= threshold;
    const isRight = isExact || heldBack === expected;
    return { ...outcome, shown: isShown ? guess : null, isExact: isShown && isRight };
  });
}

/** A model that now and then forgets a citation, or declines where it answered. */
export function forgetful(seed: number, amount: number): Change<ChatOutcome> {
  const random = createRandom(seed);
  return changedTrials((trial) => ({
    ...trial,
    citations: trial.citations.filter(() => random() >= amount),
    isAbstention: random() < amount / 4 ? !trial.isAbstention : trial.isAbstention,
  }));
}

export function changedTrials(change: (trial: ChatTrial) => ChatTrial): Change<ChatOutcome> {
  return (outcomes) => outcomes.map((each) => ({ ...each, trials: each.trials.map(change) }));
}
