import { chunkTexts, embedChunks } from '../indexing/embedChunks.ts';
import { SegmentBuilder } from '../indexing/segmentBuilder.ts';
import type { Chunker, Clock, Embedder, Logger, VectorItem } from '../ports.ts';
import { LexicalIndex } from '../retrieval/lexicalIndex.ts';
import { denseSearch } from '../retrieval/denseSearch.ts';
import { createSearch, type Search } from '../retrieval/search.ts';
import { batches } from './batches.ts';
import type { IndexedText } from './hiddenText.ts';
import { MemoryVectors } from './memoryVectors.ts';

export interface RetrievalIndexParts {
  readonly chunker: Chunker;
  readonly embedder: Embedder;
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
  { chunker, embedder, clock, log }: RetrievalIndexParts,
  { pace, onProgress, signal }: BuildOptions,
): Promise<Search> {
  const lexical = new LexicalIndex();
  const items: VectorItem[] = [];
  let done = 0;
  for (const batch of batches(texts)) {
    const builder = new SegmentBuilder();
    for (const { path, text } of batch) {
      const spans = chunker.chunk(path, text);
      builder.addText(path, text, spans);
      items.push(...(await embedChunks(embedder, chunkTexts(path, text, spans), pace, signal)));
      onProgress(++done, texts.length);
      await pace();
    }
    const segment = builder.build();
    for (const file of segment.files) {
      lexical.addFile(segment, file);
      await pace();
    }
  }
  const vectors = new MemoryVectors(items, embedder.dims);
  return createSearch({ lexical, dense: denseSearch(embedder, vectors), clock, log });
}
