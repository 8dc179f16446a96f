import type { RetrievalOutcome } from '../outcome.ts';
import type { Metric } from './metric.ts';

/** Results that a person or a prompt looks at; what comes later counts as not found. */
export const LOOKED_AT = 10;

/**
 * recall@k: share of the questions with a right place among the first k hits. Each question has one right place, or
 * several forms of one, so recall@k, success@k and hit rate are the same here. (Manning, Raghavan and Schütze,
 * "Introduction to Information Retrieval", 2008, ch. 8.)
 */
function recallAt(k: number): Metric<RetrievalOutcome> {
  return {
    id: `recall@${k}`,
    label: k === 1 ? 'Right first hit' : `Right among the first ${k}`,
    kind: 'rate',
    of: ({ rank }) => (rank !== null && rank <= k ? 1 : 0),
  };
}

/**
 * MRR@10: mean of 1 / rank of the first right hit, 0 where there is none among the first ten. (Voorhees, "The TREC-8
 * Question Answering Track Report", 1999.)
 */
const reciprocalRank: Metric<RetrievalOutcome> = {
  id: 'mrr@10',
  label: 'Mean reciprocal rank (MRR@10)',
  kind: 'mean',
  of: ({ rank }) => (rank !== null && rank <= LOOKED_AT ? 1 / rank : 0),
};

/** Headline first. */
export const RETRIEVAL_METRICS: readonly Metric<RetrievalOutcome>[] = [
  recallAt(10),
  recallAt(5),
  recallAt(1),
  reciprocalRank,
];
