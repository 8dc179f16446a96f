import type { RetrievalOutcome } from '../outcome.ts';
import { bestLineF1, showsHead } from './lineScores.ts';
import { mean } from './mean.ts';
import type { Metric } from './metric.ts';
import { goldFound, ndcg, precisionAt } from './rankedGain.ts';

/** Results that a person or a prompt looks at; what comes later counts as not found. */
export const LOOKED_AT = 10;
/** Results that fit a screen. */
const SCREENFUL = 5;

/**
 * hit@k (success@k, hit rate): share of the questions with a right place among the first k hits. Not recall@k, which is
 * the share of a question's right places; the two are the same where there is one.
 */
function hitAt(k: number): Metric<RetrievalOutcome> {
  return {
    id: `hit@${k}`,
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

/** See `ndcg` for what gains. */
const discountedGain: Metric<RetrievalOutcome> = {
  id: 'ndcg@10',
  label: 'Discounted gain (nDCG@10)',
  kind: 'mean',
  of: ({ hits, gold }) => ndcg(hits, gold, LOOKED_AT),
};

/**
 * Line F1 of the best of the first ten hits. Unlike hit@k it sees ranges that are a line off, as a hit has to share
 * one line only.
 */
const lineFit: Metric<RetrievalOutcome> = {
  id: 'line-f1@10',
  label: 'Lines of the best hit (line F1)',
  kind: 'mean',
  of: ({ hits, gold }) => bestLineF1(hits.slice(0, LOOKED_AT), gold),
};

/**
 * Share of the starts and ends of the first ten hits at which something begins or ends, see `beginsOn`. Cutting between
 * definitions makes most of them clean, and ranges a line off next to none. 0 when nothing is found.
 */
const cleanCuts: Metric<RetrievalOutcome> = {
  id: 'clean-cuts@10',
  label: 'Hits cut between definitions',
  kind: 'mean',
  of: ({ hits }) =>
    mean(hits.slice(0, LOOKED_AT).flatMap((hit) => [Number(hit.startsClean), Number(hit.endsClean)])) ?? 0,
};

const head: Metric<RetrievalOutcome> = {
  id: 'head@10',
  label: 'Its first line is in a hit',
  kind: 'rate',
  of: ({ hits, gold }) => Number(showsHead(hits.slice(0, LOOKED_AT), gold)),
};

/** recall@10: mean share of a question's right places that the first ten hits reach. */
const recall: Metric<RetrievalOutcome> = {
  id: 'recall@10',
  label: 'Right places found (recall@10)',
  kind: 'mean',
  of: ({ hits, gold }) => goldFound(hits, gold, LOOKED_AT),
};

const precision: Metric<RetrievalOutcome> = {
  id: `precision@${SCREENFUL}`,
  label: `Right hits among ${SCREENFUL} (precision@${SCREENFUL})`,
  kind: 'mean',
  of: ({ hits, gold }) => precisionAt(hits, gold, SCREENFUL),
};

/** Headline first. */
export const RETRIEVAL_METRICS: readonly Metric<RetrievalOutcome>[] = [
  hitAt(10),
  hitAt(5),
  hitAt(1),
  reciprocalRank,
  discountedGain,
  lineFit,
  cleanCuts,
  head,
  recall,
  precision,
];
