import { chunkCount, embedFiles } from '../core/indexing/vectors/embedFiles.ts';
import { textsOfSegments } from '../core/indexing/vectors/chunkTexts.ts';
import type { EmbeddingMethod } from '../core/indexing/vectors/embeddingMethod.ts';
import { trainingSample } from '../core/indexing/vectors/trainingSample.ts';
import type { FileRecord } from '../core/ports/indexStore.ts';
import { NO_VECTORS } from '../core/ports/vectors.ts';
import type { Segment } from '../core/indexing/segment.ts';
import { denseSearch, NO_DENSE_SEARCH, type DenseSearch } from '../core/retrieval/search.ts';
import { createMemoryVectors } from './memoryVectors.ts';

export interface MemoryDenseOptions {
  readonly pace: () => Promise<void>;
  readonly signal: AbortSignal | undefined;
}

/** The vectors that an index of these segments would have, in memory: learnt from them, if that is the method. */
export async function memoryDenseSearch(
  segments: readonly Segment[],
  method: EmbeddingMethod,
  { pace, signal }: MemoryDenseOptions,
): Promise<DenseSearch> {
  const files = segments.flatMap((segment, index) => recordsOf(segment, String(index)));
  if (chunkCount(files) < method.minChunks) return NO_DENSE_SEARCH;
  const texts = textsOfSegments((id) => Promise.resolve(segmentAt(segments, Number(id))));
  const { training } = method;
  const sample = training && (await trainingSample(files, training.sample, texts, pace));
  const projection = sample && (await training.learn(sample, { pace, signal }));
  const embedder = await method.open(projection, { signal });
  const options = { pace, onEmbedded: () => undefined, signal };
  const { items } = await embedFiles({ files, gone: [] }, embedder, texts, options);
  const vectors = createMemoryVectors();
  const reader = vectors.reader(embedder);
  await reader.refresh(await vectors.writer(embedder).stage(NO_VECTORS, { removedPaths: [], items }));
  return denseSearch(embedder, reader);
}

function recordsOf({ files }: Segment, segment: string): readonly FileRecord[] {
  const unread = { size: 0, modifiedMs: 0, hash: '', segment };
  return files.map(({ path, chunks }) => ({ ...unread, path, chunkCount: chunks.length }));
}

function segmentAt(segments: readonly Segment[], index: number): Segment {
  const segment = segments[index];
  if (!segment) throw new RangeError(`There is no segment ${index}.`);
  return segment;
}
