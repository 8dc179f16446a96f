import { VectraIndexes } from '../adapters/vectra/vectraIndexes.ts';
import type { FileRecord, IndexSnapshot, IndexStore, SegmentId } from '../core/ports/indexStore.ts';
import type { SegmentChunk } from '../core/indexing/segment.ts';
import { decodeSegment } from '../core/indexing/segmentCodec.ts';
import { OpenEmbedder } from '../core/indexing/vectors/openEmbedder.ts';
import type { Logger } from '../core/ports/runtime.ts';
import type { Embedder, VectorItem } from '../core/ports/vectors.ts';
import type { ChunkLines } from '../core/retrieval/lexicalIndex.ts';
import type { FolderConfig } from '../protocol/engine.ts';
import { builtInMethod, openFolderStore } from '../engine/workspace/folderStores.ts';

/** A chunk of the index as other stores can take it; its text is in the file. */
export interface StoredChunk extends VectorItem, ChunkLines {}

/** What an index holds, to be given to other stores and measured there. */
export interface StoredChunks {
  /** Those with a vector, file by file in the order of paths; a chunk that says nothing has none. */
  readonly chunks: readonly StoredChunk[];
  /** What made the vectors; for those of questions. */
  readonly embedder: Embedder;
}

/** Reads all of the committed generation; `undefined` when it has no vectors, or not by the built-in method. */
export async function readStoredChunks(config: FolderConfig, log: Logger): Promise<StoredChunks | undefined> {
  const store = await openFolderStore(config, log);
  try {
    const { files, vectors } = await store.snapshot();
    const set = vectors.serving;
    const embedder = set && (await new OpenEmbedder(builtInMethod(), store).of(set));
    if (set === undefined || embedder === undefined) return undefined;
    const items = new VectraIndexes({ directory: config.store, embedder }, set.version).items();
    return { chunks: await withLines(items, await chunksOfFiles(store, files)), embedder };
  } finally {
    await store.close();
  }
}

/** Path → its chunks, in order. */
async function chunksOfFiles(
  store: Pick<IndexStore, 'segment'>,
  files: IndexSnapshot['files'],
): Promise<ReadonlyMap<string, readonly SegmentChunk[]>> {
  const bySegment: ReadonlyMap<SegmentId, readonly FileRecord[]> = Map.groupBy(
    files.values(),
    ({ segment }) => segment,
  );
  const chunks = new Map<string, readonly SegmentChunk[]>();
  for (const [id, records] of bySegment) {
    const wanted = new Set(records.map(({ path }) => path));
    for (const file of decodeSegment(await store.segment(id), id).files) {
      if (wanted.has(file.path)) chunks.set(file.path, file.chunks);
    }
  }
  return chunks;
}

async function withLines(
  items: AsyncIterable<VectorItem>,
  files: ReadonlyMap<string, readonly SegmentChunk[]>,
): Promise<readonly StoredChunk[]> {
  const chunks: StoredChunk[] = [];
  for await (const item of items) {
    const lines = files.get(item.path)?.[item.ordinal];
    if (lines) chunks.push({ ...item, startLine: lines.startLine, endLine: lines.endLine });
  }
  return chunks.sort((a, b) => (a.path === b.path ? a.ordinal - b.ordinal : a.path < b.path ? -1 : 1));
}
