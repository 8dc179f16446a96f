import type { Place } from '../evalCase.ts';
import type { RetrievalOutcome } from '../outcome.ts';
import type { Metric } from './metric.ts';
import { mean } from './average.ts';

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

/**
 * Line F1: how well a hit's lines are the lines of a right place. With the lines that both have, precision is their share
 * of the hit's (cut as in `reaches`), recall their share of the right place's; the harmonic mean is
 * `2 · both / (hit + right)`, the coefficient of Dice (1945) and Sørensen (1948). 1 when they are the same range.
 */
export function lineF1(hit: Place, gold: Place): number {
  if (!reaches(hit, gold)) return 0;
  const last = lastCounted(hit);
  const both = Math.min(last, gold.endLine) - Math.max(hit.startLine, gold.startLine) + 1;
  return (2 * both) / (last - hit.startLine + 1 + (gold.endLine - gold.startLine + 1));
}

/** The line F1 of the hit and the right place that fit best. */
export function bestLineF1(hits: readonly Place[], gold: readonly Place[]): number {
  let best = 0;
  for (const hit of hits) for (const place of gold) best = Math.max(best, lineF1(hit, place));
  return best;
}

/** Whether any hit shows the line that a right place begins with: the one that names a definition. */
export function showsHead(hits: readonly Place[], gold: readonly Place[]): boolean {
  const heads = gold.map((place) => ({ ...place, endLine: place.startLine }));
  return hits.some((hit) => heads.some((head) => reaches(hit, head)));
}

/** The rank at which each right place is first reached; places that no hit reaches are left out. */
function ranksOf(hits: readonly Place[], gold: readonly Place[]): readonly number[] {
  return gold.map((place) => relevantRank(hits, [place])).filter((rank) => rank !== undefined);
}

/**
 * nDCG of the hits (Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", 2002): each right place
 * has a gain of 1, once, at the first hit that reaches it, divided by log2(rank + 1). The ideal has a right place at each
 * of the first ranks. A hit that reaches several right places has the gain of all, so the sum is cut to the ideal's.
 * 0 without a right place.
 */
export function ndcg(hits: readonly Place[], gold: readonly Place[], most: number): number {
  const reached = discounted(ranksOf(hits.slice(0, most), gold));
  const ideal = discounted(Array.from({ length: Math.min(gold.length, most) }, (_, at) => at + 1));
  return ideal === 0 ? 0 : Math.min(1, reached / ideal);
}

/** Share of the right places that the first hits reach, 0 without a right place. */
export function goldFound(hits: readonly Place[], gold: readonly Place[], most: number): number {
  return gold.length === 0 ? 0 : ranksOf(hits.slice(0, most), gold).length / gold.length;
}

/**
 * precision@k: right hits among the first k, divided by k even when there are fewer hits, as `trec_eval` does. Several
 * hits in one right place are all right.
 */
export function precisionAt(hits: readonly Place[], gold: readonly Place[], k: number): number {
  return hits.slice(0, k).filter((hit) => relevantRank([hit], gold) !== undefined).length / k;
}

function discounted(ranks: readonly number[]): number {
  return ranks.reduce((sum, rank) => sum + 1 / Math.log2(rank + 1), 0);
}

/**
 * The 1-based rank of the first hit that shares a line with any of the right places; `undefined` when none does. A hit
 * is cut to its first `MAX_HIT_LINES` lines.
 */
export function relevantRank(hits: readonly Place[], gold: readonly Place[]): number | undefined {
  const index = hits.findIndex((hit) => gold.some((place) => reaches(hit, place)));
  return index < 0 ? undefined : index + 1;
}

/** Of a longer hit only so many lines count: else whoever cuts files into giant pieces always hits. */
const MAX_HIT_LINES = 60;

/** The last line of a hit that counts. */
function lastCounted({ startLine, endLine }: Place): number {
  return Math.min(endLine, startLine + MAX_HIT_LINES - 1);
}

/** Whether a hit, cut to its first `MAX_HIT_LINES` lines, shares a line with a right place. */
export function reaches(hit: Place, gold: Place): boolean {
  return hit.path === gold.path && hit.startLine <= gold.endLine && gold.startLine <= lastCounted(hit);
}
