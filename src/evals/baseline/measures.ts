import type { Suite } from '../evaluation.ts';
import { CHAT_METRICS } from '../metrics/chatMetrics.ts';
import { COMPLETION_METRICS } from '../metrics/completionMetrics.ts';
import type { Metric } from '../metrics/metric.ts';
import { RETRIEVAL_METRICS } from '../metrics/retrievalMetrics.ts';
import type { ChatOutcome, CompletionOutcome, RetrievalOutcome } from '../outcome.ts';

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
export const RETRIEVAL_MEASURES = picked(RETRIEVAL_METRICS, [
  'hit@10',
  'mrr@10',
  'line-f1@10',
  'clean-cuts@10',
]);

/** As `RETRIEVAL_MEASURES`, for completion. */
export const COMPLETION_MEASURES: readonly Metric<CompletionOutcome>[] = [
  ...picked(COMPLETION_METRICS, ['exact-line']),
  notMisled,
];

/** As `RETRIEVAL_MEASURES`, for the chat. */
export const CHAT_MEASURES: readonly Metric<ChatOutcome>[] = picked(CHAT_METRICS, [
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
