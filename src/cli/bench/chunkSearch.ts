import { createPacer } from '../../core/indexing/pacer.ts';
import { SegmentBuilder } from '../../core/indexing/segmentBuilder.ts';
import { memoryDenseSearch } from '../../core/evals/memoryDenseSearch.ts';
import { learntMethod } from '../../core/indexing/vectors/learntMethod.ts';
import type { Logger } from '../../core/ports.ts';
import { LexicalIndex } from '../../core/retrieval/lexicalIndex.ts';
import { createSearch } from '../../core/retrieval/search.ts';
import { systemClock } from '../../core/systemClock.ts';
import { lineStarts } from '../../core/text/lineStarts.ts';
import type { ChunkSpan } from '../../core/chunking/chunkSpan.ts';
import { chunkKey, type ChunkedDocuments } from './chunkedDocuments.ts';

/** Our search over chunks that somebody else cut. Resolves to the keys of the best chunks, best first. */
export async function buildChunkSearch(
  documents: ChunkedDocuments,
  log: Logger,
  signal: AbortSignal,
): Promise<(query: string, count: number) => Promise<readonly string[]>> {
  const lexical = new LexicalIndex();
  const keys = new Map<string, string>();
  const builder = new SegmentBuilder();
  for (const [at, { docId, chunks }] of documents.entries()) {
    const path = wordlessPath(at);
    const { text, spans } = joined(chunks.map(({ content }) => content));
    builder.addText(path, text, spans);
    for (const [ordinal, { index }] of chunks.entries()) {
      keys.set(placeKey(path, spans[ordinal]?.startLine ?? 0), chunkKey(docId, index));
    }
  }
  const segment = builder.build();
  for (const file of segment.files) lexical.addFile(segment, file);
  const pace = createPacer(systemClock, signal);
  const dense = await memoryDenseSearch([segment], learntMethod(), { pace, signal });
  const search = createSearch({ lexical, dense, clock: systemClock, log });
  return async (query, count) => {
    const hits = await search.search(query, count, signal);
    return hits.map(({ path, startLine }) => keys.get(placeKey(path, startLine)) ?? '');
  };
}

/** A path that differs from all others and has no word in it that a query could find. */
function wordlessPath(at: number): string {
  return '-'.repeat(at + 1);
}

function placeKey(path: string, startLine: number): string {
  return `${path}:${startLine}`;
}

/** Chunks one below the other, each beginning on a line of its own, and where they lie. */
function joined(contents: readonly string[]): {
  readonly text: string;
  readonly spans: readonly ChunkSpan[];
} {
  let text = '';
  let line = 1;
  const spans = contents.map((content): ChunkSpan => {
    const lines = lineStarts(content).length;
    const span = { startLine: line, endLine: line + lines - 1, startOffset: text.length };
    text += `${content}\n`;
    line += lines;
    return { ...span, endOffset: text.length };
  });
  return { text, spans };
}
