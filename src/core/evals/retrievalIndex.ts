import { chunkText } from '../chunking/indentChunker.ts';
import { chunkTexts, embedChunks } from '../indexing/embedChunks.ts';
import { SegmentBuilder } from '../indexing/segmentBuilder.ts';
import type { Clock, Embedder, Logger, VectorItem } from '../ports.ts';
import { LexicalIndex } from '../retrieval/lexicalIndex.ts';
import { createSearch, type Search } from '../retrieval/search.ts';
import type { IndexedText } from './hiddenText.ts';
import { MemoryVectors } from './memoryVectors.ts';

export interface RetrievalIndexParts {
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
  { embedder, clock, log }: RetrievalIndexParts,
  { pace, onProgress, signal }: BuildOptions,
): Promise<Search> {
  const lexical = new LexicalIndex();
  const items: VectorItem[] = [];
  let done = 0;
  for (const { path, text } of texts) {
    const spans = chunkText(text);
    const builder = new SegmentBuilder();
    builder.addText(path, text, spans);
    const segment = builder.build();
    for (const file of segment.files) lexical.addFile(segment, file);
    items.push(...(await embedChunks(embedder, chunkTexts(path, text, spans), pace, signal)));
    onProgress(++done, texts.length);
    await pace();
  }
  return createSearch({ lexical, vectors: new MemoryVectors(items), embedder, clock, log });
}
