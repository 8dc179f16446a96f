import type { TypingOutcome } from '../evals/typing/simulateTyping.ts';
import { TYPING_KINDS, type TypingKind } from '../evals/typing/typingTask.ts';

export interface TypingScores {
  readonly tasks: number;
  /** Share of the keys that one need not press. */
  readonly saved: number;
  /** Share of what is shown, at whatever place of the text, that is not what comes next. */
  readonly wrong: number;
  /** Of 100 keys pressed, those after which something wrong stood there. */
  readonly wrongPer100Keys: number;
  /** Share of the tasks in which nothing was taken. */
  readonly silent: number;
}

export interface TypedOutcome {
  readonly kind: TypingKind;
  readonly outcome: TypingOutcome;
}

export type ScoresByKind = Readonly<Partial<Record<TypingKind, TypingScores>>>;

/** Sums over the tasks of each kind that there is. */
export function typingScores(outcomes: readonly TypedOutcome[]): ScoresByKind {
  const scores = TYPING_KINDS.flatMap((kind) => {
    const some = outcomes.filter((each) => each.kind === kind);
    return some.length === 0 ? [] : [[kind, scoresOf(some.map(({ outcome }) => outcome))] as const];
  });
  return Object.fromEntries(scores);
}

function scoresOf(outcomes: readonly TypingOutcome[]): TypingScores {
  const sum = (of: (outcome: TypingOutcome) => number): number =>
    outcomes.reduce((total, outcome) => total + of(outcome), 0);
  const ratio = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);
  const keys = sum((outcome) => outcome.keys);
  return {
    tasks: outcomes.length,
    saved:
      1 -
      ratio(
        keys,
        sum(({ characters }) => characters),
      ),
    wrong: ratio(
      sum(({ wrong }) => wrong),
      sum(({ shown }) => shown),
    ),
    wrongPer100Keys:
      100 *
      ratio(
        sum(({ wrongKeys }) => wrongKeys),
        keys,
      ),
    silent: ratio(outcomes.filter(({ taken }) => taken === 0).length, outcomes.length),
  };
}
