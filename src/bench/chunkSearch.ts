import { createPacer } from '../core/indexing/pacer.ts';
import { SegmentBuilder } from '../core/indexing/segmentBuilder.ts';
import { memoryDenseSearch } from '../evals/memoryDenseSearch.ts';
import { lsaMethod } from '../core/indexing/vectors/lsaMethod.ts';
import type { Logger } from '../core/ports/runtime.ts';
import { searchOver } from '../evals/retrievalIndex.ts';
import type { SearchWeights } from '../core/retrieval/searchWeights.ts';
import { systemClock } from '../core/async/systemClock.ts';
import { lineStarts } from '../core/text/lineStarts.ts';
import type { ChunkSpan } from '../core/ports/chunkSpan.ts';
import { chunkKey, type ChunkedDocuments } from './chunkedDocuments.ts';

/** Resolves to the keys of the best chunks, best first. */
export type ChunkSearch = (query: string, count: number) => Promise<readonly string[]>;

/** Our search over chunks that somebody else cut; the result builds it with the weights it is given. */
export async function buildChunkSearch(
  documents: ChunkedDocuments,
  log: Logger,
  signal: AbortSignal,
): Promise<(weights: SearchWeights) => Promise<ChunkSearch>> {
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
  const segments = [builder.build()];
  const pace = createPacer(systemClock, signal);
  const dense = await memoryDenseSearch(segments, lsaMethod(), { pace, signal });
  return async (weights) => {
    const search = await searchOver({ segments, dense }, { clock: systemClock, log }, { pace, weights });
    return async (query, count) => {
      const hits = await search.search(query, count, signal);
      return hits.map(({ path, startLine }) => keys.get(placeKey(path, startLine)) ?? '');
    };
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
