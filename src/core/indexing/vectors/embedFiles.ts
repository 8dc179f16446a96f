import { largeFloat32Array } from '../../memory/largeArrays.ts';
import type { FileRecord, VectorSet } from '../../ports/indexStore.ts';
import type { VectorItem } from '../../ports/vectors.ts';
import type { ChunkTexts } from './chunkTexts.ts';
import type { MethodEmbedder } from './embeddingMethod.ts';
import { chunkCount } from './nextStep.ts';
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
