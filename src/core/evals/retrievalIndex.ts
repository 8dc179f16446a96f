import type { Segment } from '../indexing/segment.ts';
import { SegmentBuilder } from '../indexing/segmentBuilder.ts';
import type { EmbeddingMethod } from '../indexing/vectors/embeddingMethod.ts';
import type { Chunker, Clock, Logger } from '../ports.ts';
import { LexicalIndex } from '../retrieval/lexicalIndex.ts';
import { createSearch, type Search } from '../retrieval/search.ts';
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

/** Builds the search that users have, with its own chunker, lexer, index and vectors, over texts in memory. */
export async function buildRetrievalIndex(
  texts: readonly IndexedText[],
  { chunker, method, clock, log }: RetrievalIndexParts,
  { pace, onProgress, signal }: BuildOptions,
): Promise<Search> {
  const lexical = new LexicalIndex();
  const segments: Segment[] = [];
  let done = 0;
  for (const batch of batches(texts)) {
    const builder = new SegmentBuilder();
    for (const { path, text } of batch) {
      const spans = chunker.chunk(path, text);
      builder.addText(path, text, spans);
      onProgress(++done, texts.length);
      await pace();
    }
    const segment = builder.build();
    segments.push(segment);
    for (const file of segment.files) {
      lexical.addFile(segment, file);
      await pace();
    }
  }
  const dense = await memoryDenseSearch(segments, method, { pace, signal });
  return createSearch({ lexical, dense, clock, log });
}
