import { largeFloat32Array } from '../../memory/largeArrays.ts';
import type {
  FileRecord,
  IndexSnapshot,
  StoredProjection,
  VectorSet,
  VectorSets,
} from '../../ports/indexStore.ts';
import type { VectorItem } from '../../ports/vectors.ts';
import type { ChunkTexts } from './chunkTexts.ts';
import type { EmbeddingMethod, MethodEmbedder } from './embeddingMethod.ts';
import type { PendingBatch } from './pendingBatch.ts';

/** Texts given at a time to an embedder that does not say how many it wants. */
const EMBED_BATCH = 256;

/** Vectors that are made and not yet staged. */
export interface EmbeddedFiles {
  /** Path → hash of the content that was embedded, `undefined` for a file that was gone. */
  readonly hashes: ReadonlyMap<string, string | undefined>;
  /** Chunks that say nothing to the embedder have no vector. */
  readonly items: readonly VectorItem[];
  readonly folded: { readonly chunks: number; readonly terms: number; readonly unknown: number };
}

interface EmbedOptions {
  readonly pace: () => Promise<void>;
  /** Told the number of chunks embedded just now. */
  readonly onEmbedded: (count: number) => void;
  readonly signal: AbortSignal | undefined;
}

/** Makes the vectors of a batch of files, some chunks at a time. Rejects when `options.signal` aborts. */
export async function embedFiles(
  { files, gone }: PendingBatch,
  embedder: MethodEmbedder,
  source: ChunkTexts,
  options: EmbedOptions,
): Promise<EmbeddedFiles> {
  const hashes = new Map<string, string | undefined>(gone.map((path) => [path, undefined]));
  const items: VectorItem[] = [];
  const slab = new VectorSlab(chunkCount(files), embedder.dims);
  const { terms = 0, unknown = 0 } = embedder.knowledge ?? {};
  let chunks = 0;
  for await (const pieces of inBatches(source.read(files), embedder.textsAtATime ?? EMBED_BATCH)) {
    const texts = pieces.map(({ text }) => text);
    const vectors = await embedder.embed(texts, options.signal);
    pieces.forEach(({ record: { path }, ordinal }, index) => {
      const vector = vectors[index];
      if (vector?.some((value) => value !== 0)) items.push({ path, ordinal, vector: slab.keep(vector) });
    });
    chunks += texts.length;
    options.onEmbedded(texts.length);
    await options.pace();
  }
  for (const { path, hash } of files) hashes.set(path, hash);
  const known = embedder.knowledge ?? { terms, unknown };
  return { hashes, items, folded: { chunks, terms: known.terms - terms, unknown: known.unknown - unknown } };
}

/** What of it still holds, now that the files and those pending in the set are these: others may have come first. */
export function stillWanted(
  { hashes, items, folded }: EmbeddedFiles,
  files: ReadonlyMap<string, FileRecord>,
  { pending }: VectorSet,
): EmbeddedFiles {
  const wanted = new Map(
    [...hashes].filter(([path, hash]) => pending.has(path) && files.get(path)?.hash === hash),
  );
  return { hashes: wanted, items: items.filter(({ path }) => wanted.has(path)), folded };
}

interface Piece {
  readonly record: FileRecord;
  readonly ordinal: number;
  readonly text: string;
}

async function* inBatches(
  files: ReturnType<ChunkTexts['read']>,
  size: number,
): AsyncGenerator<readonly Piece[]> {
  let batch: Piece[] = [];
  for await (const { record, texts } of files) {
    for (const [ordinal, text] of texts.entries()) {
      batch.push({ record, ordinal, text });
      if (batch.length < size) continue;
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

/**
 * Room for vectors that are wanted together and given up together. As one large piece of memory it goes back to the
 * system when it is given up; tens of thousands of small pieces would stay with the process.
 */
class VectorSlab {
  readonly #numbers: Float32Array;
  #used = 0;

  constructor(vectors: number, dims: number) {
    this.#numbers = largeFloat32Array(vectors * dims);
  }

  /** A copy of the vector that lives in the slab. Throws a `RangeError` when there is no more room. */
  keep(vector: Float32Array): Float32Array {
    this.#numbers.set(vector, this.#used);
    const kept = this.#numbers.subarray(this.#used, this.#used + vector.length);
    this.#used += vector.length;
    return kept;
  }
}

/** The one thing to do next so that every chunk gets its vector. */
export type VectorStep =
  | { readonly kind: 'rest' }
  /** Give up all vectors but these: there is too little code left, or a set was begun in another way. */
  | { readonly kind: 'drop'; readonly kept: VectorSets }
  /** Begin a set to take the place of the one that serves, if there is any. */
  | { readonly kind: 'begin' }
  /** Make vectors that are pending in the set, or let the next set serve when none is. */
  | { readonly kind: 'fill'; readonly role: keyof VectorSets; readonly set: VectorSet };

/** A projection is learnt anew when this many times the chunks are there that were when it was learnt. */
const GROWTH = 2;
/** It is also learnt anew when it does not know this share of the terms of files that changed since … */
const UNKNOWN_SHARE = 0.25;
/** … and these are this share of what it was learnt for. Fewer may just be odd. */
const FOLDED_SHARE = 0.1;

/** Depends on what is committed only: whoever looks next, after a crash or in another process, goes on from there. */
export function nextStep(
  { files, vectors, complete }: Pick<IndexSnapshot, 'files' | 'vectors' | 'complete'>,
  method: Pick<EmbeddingMethod, 'id' | 'minChunks'>,
): VectorStep {
  if (!complete) return { kind: 'rest' };
  const chunks = chunkCount(files.values());
  const { serving, next } = vectors;
  if (chunks < method.minChunks / (serving ? 2 : 1)) {
    return serving || next ? { kind: 'drop', kept: {} } : { kind: 'rest' };
  }
  if (next?.method === method.id) return { kind: 'fill', role: 'next', set: next };
  if (serving?.method !== method.id || isOutgrown(serving.projection, chunks)) return { kind: 'begin' };
  if (next) return { kind: 'drop', kept: { serving } };
  return serving.pending.size > 0 ? { kind: 'fill', role: 'serving', set: serving } : { kind: 'rest' };
}

export function chunkCount(files: Iterable<FileRecord>): number {
  let count = 0;
  for (const file of files) count += file.chunkCount;
  return count;
}

function isOutgrown(projection: StoredProjection | undefined, chunks: number): boolean {
  if (projection === undefined) return false;
  const { folded } = projection;
  const isStrange = folded.unknown > folded.terms * UNKNOWN_SHARE;
  return (
    chunks >= projection.chunks * GROWTH || (isStrange && folded.chunks >= projection.chunks * FOLDED_SHARE)
  );
}
