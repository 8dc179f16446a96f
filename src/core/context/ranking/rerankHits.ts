import { isAbortError } from '../../errors/touchstoneError.ts';
import type { ReadLive } from '../../grounding/checkCitations.ts';
import type { Logger } from '../../ports/runtime.ts';
import type { SourceBlock } from '../../prompts/sourceBlock.ts';
import type { SearchHit } from '../../retrieval/hit.ts';
import type { RankModel } from './rankModel.ts';
import { splitLines } from '../../text/lines.ts';

/** Hits that are put into a new order: what a model reads in the time there is. The rest keep theirs, behind them. */
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
 * Puts the best hits into the order of a model that reads their live text. When the model fails or is too slow, the hits
 * stay as they are: search never depends on it. Rejects only when `signal` aborts.
 */
export async function rerankHits<H extends SearchHit>(
  query: string,
  hits: readonly H[],
  { model, readLive, log }: Reranking,
  signal: AbortSignal,
): Promise<readonly H[]> {
  const read = await readBlocks(hits.slice(0, RERANKED), readLive);
  if (read.length < 2) return hits;
  try {
    const blocks = read.map(({ block }) => block);
    const ranking = await model.load();
    const scores = await ranking.rank(query, blocks, signal);
    const ranked = read
      .map(({ hit }, at) => ({ hit, score: scores[at] ?? 0 }))
      .sort((a, b) => b.score - a.score)
      .map(({ hit }) => hit);
    const moved = new Set<H>(ranked);
    return [...ranked, ...hits.filter((hit) => !moved.has(hit))];
  } catch (error) {
    signal.throwIfAborted();
    if (!isAbortError(error)) log.warn(`${model.id} did not rank the hits, so they keep their order`, error);
    return hits;
  }
}

interface ReadHit<H> {
  readonly hit: H;
  readonly block: SourceBlock;
}

/** Hits whose text is gone are not shown to anybody. */
async function readBlocks<H extends SearchHit>(
  hits: readonly H[],
  readLive: ReadLive,
): Promise<readonly ReadHit<H>[]> {
  const paths = [...new Set(hits.map(({ path }) => path))];
  const texts = await Promise.all(paths.map(readLive));
  const linesOf = new Map<string, readonly string[]>();
  for (const [at, path] of paths.entries()) {
    const text = texts[at];
    if (text !== undefined) linesOf.set(path, splitLines(text));
  }
  return hits.flatMap((hit) => {
    const { path, startLine, endLine } = hit;
    const lines = linesOf.get(path)?.slice(startLine - 1, endLine) ?? [];
    return lines.length === 0 ? [] : [{ hit, block: { path, startLine, endLine, lines } }];
  });
}
