import type { EvalCase } from '../evalCase.ts';
import type { Evaluation, Suite } from '../evaluation.ts';
import type { Metric } from '../metrics/metric.ts';
import { MEASURES } from './measures.ts';

/** Measure id → score from 0 to 1, rounded to thousandths. Measures that do not apply are left out. */
export type CaseScores = Readonly<Record<string, number>>;

/** How one case went, as far as a baseline is concerned. */
export interface ScoredCase {
  /** The case's own; the second case with the same one has ` (2)` behind it, and so on. */
  readonly id: string;
  readonly path: string;
  readonly elapsedMs: number;
  readonly scores: CaseScores;
}

/** The scored cases of each suite that ran. */
export function scoredCases(evaluation: Evaluation): Readonly<Partial<Record<Suite, readonly ScoredCase[]>>> {
  const { retrieval, completion, chat } = evaluation;
  return {
    ...(retrieval && { retrieval: scored(retrieval.outcomes, MEASURES.retrieval) }),
    ...(completion && { completion: scored(completion.outcomes, MEASURES.completion) }),
    ...(chat && { chat: scored(chat.outcomes, MEASURES.chat) }),
  };
}

/** Rounded so that a stored score and a fresh one are the same number. */
export function rounded(share: number): number {
  return Math.round(share * 1000) / 1000;
}

type Timed = EvalCase & { readonly elapsedMs: number };

function scored<O extends Timed>(
  outcomes: readonly O[],
  measures: readonly Metric<O>[],
): readonly ScoredCase[] {
  const seen = new Map<string, number>();
  return outcomes.map((outcome) => {
    const { id, path, elapsedMs } = outcome;
    const times = (seen.get(id) ?? 0) + 1;
    seen.set(id, times);
    return {
      id: times === 1 ? id : `${id} (${times})`,
      path,
      elapsedMs,
      scores: scoresOf(outcome, measures),
    };
  });
}

function scoresOf<O>(outcome: O, measures: readonly Metric<O>[]): CaseScores {
  return Object.fromEntries(
    measures.flatMap((each) => {
      const score = each.of(outcome);
      return score === undefined ? [] : [[each.id, rounded(score)] as const];
    }),
  );
}
