import type { Segment } from '../core/indexing/segment.ts';
import { SegmentBuilder } from '../core/indexing/segmentBuilder.ts';
import type { EmbeddingMethod } from '../core/indexing/vectors/embeddingMethod.ts';
import type { Chunker } from '../core/ports/chunker.ts';
import type { Clock, Logger } from '../core/ports/runtime.ts';
import {
  createSearch,
  DEFAULT_SEARCH_WEIGHTS,
  type DenseSearch,
  type Search,
  type SearchWeights,
} from '../core/retrieval/search.ts';
import { LexicalIndex } from '../core/retrieval/lexicalIndex.ts';
import type { LexicalWeights } from '../core/retrieval/lexicalWeights.ts';
import { batches } from './batches.ts';
import type { IndexedText } from './hiddenText.ts';
import { memoryDenseSearch } from './memoryDenseSearch.ts';

export interface RetrievalIndexParts {
  readonly chunker: Chunker;
  readonly method: EmbeddingMethod;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface BuildOptions {
  readonly pace: () => Promise<void>;
  readonly onProgress: (done: number, total: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Files as they are indexed, and the vectors of their chunks. */
export interface RetrievalMaterial {
  readonly segments: readonly Segment[];
  readonly dense: DenseSearch;
}

/** Builds the search that users have, with its own chunker, lexer, index and vectors, over texts in memory. */
export async function buildRetrievalIndex(
  texts: readonly IndexedText[],
  parts: RetrievalIndexParts,
  options: BuildOptions,
): Promise<Search> {
  return searchOver(await buildMaterial(texts, parts, options), parts, options);
}

/** What any number of searches can be built over, each with weights of its own. */
export async function buildMaterial(
  texts: readonly IndexedText[],
  { chunker, method }: Pick<RetrievalIndexParts, 'chunker' | 'method'>,
  { pace, onProgress, signal }: BuildOptions,
): Promise<RetrievalMaterial> {
  const segments: Segment[] = [];
  let done = 0;
  for (const batch of batches(texts)) {
    const builder = new SegmentBuilder();
    for (const { path, text } of batch) {
      builder.addText(path, text, chunker.chunk(path, text));
      onProgress(++done, texts.length);
      await pace();
    }
    segments.push(builder.build());
  }
  return { segments, dense: await memoryDenseSearch(segments, method, { pace, signal }) };
}

export interface SearchOverOptions extends Pick<BuildOptions, 'pace'> {
  readonly weights?: SearchWeights;
  /** What `lexicalOver` made of the same material with the same weights; made anew when absent. */
  readonly lexical?: LexicalIndex | undefined;
}

/** A search with these weights. */
export async function searchOver(
  { segments, dense }: RetrievalMaterial,
  { clock, log }: Pick<RetrievalIndexParts, 'clock' | 'log'>,
  { pace, weights = DEFAULT_SEARCH_WEIGHTS, lexical }: SearchOverOptions,
): Promise<Search> {
  const index = lexical ?? (await lexicalOver(segments, weights.lexical, pace));
  return createSearch({ lexical: index, dense, clock: withoutTimers(clock), log, weights });
}

export async function lexicalOver(
  segments: readonly Segment[],
  weights: LexicalWeights,
  pace: () => Promise<void>,
): Promise<LexicalIndex> {
  const lexical = new LexicalIndex(weights);
  for (const segment of segments) {
    for (const file of segment.files) {
      lexical.addFile(segment, file);
      await pace();
    }
  }
  return lexical;
}

/** Search goes on without vectors that are late, but what is measured must not depend on how busy the machine is. */
function withoutTimers(clock: Clock): Clock {
  return { now: () => clock.now(), setTimer: () => () => undefined };
}
