import type { EvalCase } from '../evalCase.ts';
import type { Evaluation, Suite } from '../evaluation.ts';
import { CHAT_METRICS } from '../metrics/chatMetrics.ts';
import { COMPLETION_METRICS } from '../metrics/completionMetrics.ts';
import type { Metric } from '../metrics/metric.ts';
import { RETRIEVAL_METRICS } from '../metrics/retrievalMetrics.ts';
import type { ChatOutcome, CompletionOutcome, RetrievalOutcome } from '../outcome.ts';

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

/**
 * What keeps completion honest beside `exact-line`: 0 where something wrong is shown, 1 elsewhere. Precision itself
 * cannot be compared case by case, as two runs show something at different places.
 */
const notMisled: Metric<CompletionOutcome> = {
  id: 'not-misled',
  label: 'Nothing wrong shown',
  kind: 'rate',
  of: ({ shown, isExact }) => Number(shown === null || isExact),
};

/**
 * Compared with a baseline, headline first. More is better. Whether one applies is a matter of the case alone and never
 * of what came of it: else the cases of two runs could not be paired. Few, as every further one makes all of them less
 * sensitive.
 */
const RETRIEVAL_MEASURES = picked(RETRIEVAL_METRICS, ['hit@10', 'mrr@10', 'line-f1@10', 'clean-cuts@10']);

/** As `RETRIEVAL_MEASURES`, for completion. */
const COMPLETION_MEASURES: readonly Metric<CompletionOutcome>[] = [
  ...picked(COMPLETION_METRICS, ['exact-line']),
  notMisled,
];

/** As `RETRIEVAL_MEASURES`, for the chat. */
const CHAT_MEASURES: readonly Metric<ChatOutcome>[] = picked(CHAT_METRICS, [
  'answers',
  'declines',
  'citation-f1',
  'mentions',
]);

export const MEASURES: {
  readonly retrieval: readonly Metric<RetrievalOutcome>[];
  readonly completion: readonly Metric<CompletionOutcome>[];
  readonly chat: readonly Metric<ChatOutcome>[];
} = { retrieval: RETRIEVAL_MEASURES, completion: COMPLETION_MEASURES, chat: CHAT_MEASURES };

/** In the order in which they run and are reported. */
export const SUITES = ['retrieval', 'completion', 'chat'] as const satisfies readonly Suite[];

export const SUITE_TITLES: Readonly<Record<Suite, string>> = {
  retrieval: 'Search',
  completion: 'Completion',
  chat: 'Chat',
};

function picked<O>(metrics: readonly Metric<O>[], ids: readonly string[]): readonly Metric<O>[] {
  return metrics.filter(({ id }) => ids.includes(id));
}
