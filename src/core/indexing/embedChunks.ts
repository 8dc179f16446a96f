import type { ChunkSpan } from '../chunking/chunkSpan.ts';
import type { Embedder, VectorItem } from '../ports.ts';

/** Texts given to the embedder at a time. */
const EMBED_BATCH = 256;

/** A chunk's identity and the text that stands for it among the vectors. */
export interface ChunkText {
  readonly path: string;
  readonly ordinal: number;
  readonly text: string;
}

/** The chunks of one file as they are embedded: the path says much about the code and goes first. */
export function chunkTexts(path: string, text: string, spans: readonly ChunkSpan[]): readonly ChunkText[] {
  return spans.map((span, ordinal) => ({
    path,
    ordinal,
    text: `${path}\n${text.slice(span.startOffset, span.endOffset)}`,
  }));
}

/** One vector a chunk; chunks that say nothing to the embedder have none. */
export async function embedChunks(
  embedder: Embedder,
  chunks: readonly ChunkText[],
  pace: () => Promise<void>,
  signal: AbortSignal | undefined,
): Promise<readonly VectorItem[]> {
  const items: VectorItem[] = [];
  for (let start = 0; start < chunks.length; start += EMBED_BATCH) {
    await pace();
    const batch = chunks.slice(start, start + EMBED_BATCH);
    const vectors = await embedder.embed(
      batch.map((chunk) => chunk.text),
      signal,
    );
    batch.forEach(({ path, ordinal }, index) => {
      const vector = vectors[index];
      if (vector?.some((value) => value !== 0)) items.push({ path, ordinal, vector });
    });
  }
  return items;
}
