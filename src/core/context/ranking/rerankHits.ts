import { greatest } from '../../shared/greatest.ts';
import { isAbortError } from '../../errors/touchstoneError.ts';
import type { ReadLive } from '../../grounding/checkCitations.ts';
import type { Logger } from '../../ports/runtime.ts';
import type { SearchHit } from '../../retrieval/hit.ts';
import type { RankModel } from './rankModel.ts';
import { readBlocks, type ContextHit, type ReadBlock } from '../readBlocks.ts';

/** Excerpts that are put into a new order: what a model reads in the time there is. The rest keep theirs, behind them. */
export const RERANKED = 30;

/** The model that the user has chosen. */
export interface ChosenRanking {
  /** Provider and model. */
  readonly id: string;
  /** Gets it ready; may fail, for example because of its address. */
  readonly load: () => Promise<RankModel>;
}

export interface Reranking {
  readonly model: ChosenRanking;
  readonly readLive: ReadLive;
  readonly log: Pick<Logger, 'warn'>;
}

/**
 * Puts the best places into the order of a model that reads the excerpts which an answer is made from: a hit for each of
 * these, its range the excerpt's. Hits whose text is gone go to the end. When the model fails or is too slow, the hits
 * stay as they are: search never depends on it. Rejects only when `signal` aborts.
 */
export async function rerankHits(
  query: string,
  hits: readonly SearchHit[],
  { model, readLive, log }: Reranking,
  signal: AbortSignal,
): Promise<readonly ContextHit[]> {
  const read = await readBlocks(hits, readLive, signal);
  if (read.length < 2) return hits;
  try {
    const judged = read.slice(0, RERANKED);
    const ranking = await model.load();
    const scores = await ranking.rank(
      query,
      judged.map(({ block }) => block),
      signal,
    );
    const ranked = judged
      .map((each, at) => ({ each, score: scores[at] ?? 0 }))
      .sort((a, b) => b.score - a.score)
      .map(({ each }) => each);
    const isRead = new Set(read.flatMap((each) => each.hits));
    const inOrder = [...ranked, ...read.slice(RERANKED)].map(toHit);
    return [...inOrder, ...hits.filter((hit) => !isRead.has(hit))];
  } catch (error) {
    signal.throwIfAborted();
    if (!isAbortError(error)) log.warn(`${model.id} did not rank the hits, so they keep their order`, error);
    return hits;
  }
}

/** The best of the hits in an excerpt, with the legs of all. */
function toHit({ block, hits }: ReadBlock<SearchHit>): ContextHit {
  const { path, startLine, endLine } = block;
  const score = greatest(hits.map((hit) => hit.score));
  const legs = hits.reduceRight<SearchHit['legs']>((all, hit) => ({ ...all, ...hit.legs }), {});
  return { path, startLine, endLine, score, legs, isBlock: true };
}
