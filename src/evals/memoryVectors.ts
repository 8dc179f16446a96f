import { StoreCorruptError } from '../core/errors/storeErrors.ts';
import {
  NO_VECTORS,
  type VectorHit,
  type VectorItem,
  type VectorReader,
  type VectorSpace,
  type VectorStore,
  type VectorVersion,
  type VectorWriter,
} from '../core/ports/vectors.ts';
import { TopHits } from '../core/retrieval/topHits.ts';

/** The items of one version, by path, then ordinal. */
interface StoredVersion {
  readonly space: string;
  readonly items: readonly VectorItem[];
}

/**
 * A store of vectors in memory: what evaluations search, and the proof that nothing but an adapter needs to know how vectors
 * are kept. Vectors are taken to be of unit length, as embedders make them.
 */
export function createMemoryVectors(): VectorStore {
  const versions = new Map<VectorVersion, StoredVersion>();
  let last = 0;
  const itemsOf = (version: VectorVersion, { id }: VectorSpace): readonly VectorItem[] => {
    if (version === NO_VECTORS) return [];
    const stored = versions.get(version);
    if (stored?.space !== id) throw new StoreCorruptError(`vectors ${version}`, 'missing');
    return stored.items;
  };
  return {
    writer: (space): VectorWriter => ({
      batch: batchInOrder,
      async stage(current, { removedPaths, items }, signal) {
        signal?.throwIfAborted();
        const said = items.filter(
          ({ vector }) => isSound(vector, space) && vector.some((each) => each !== 0),
        );
        const kept = new Map(itemsOf(current, space).map((item) => [keyOf(item), item]));
        const removed = new Set(removedPaths);
        for (const [key, { path }] of kept) if (removed.has(path)) kept.delete(key);
        for (const item of said) kept.set(keyOf(item), item);
        if (kept.size === 0) return NO_VECTORS;
        const version = `memory ${++last}`;
        versions.set(version, { space: space.id, items: [...kept.values()].sort(byChunk) });
        return Promise.resolve(version);
      },
      salvage(current) {
        const isHere = current === NO_VECTORS || versions.get(current)?.space === space.id;
        return Promise.resolve({ version: isHere ? current : NO_VECTORS, isLost: () => !isHere });
      },
    }),
    reader: (space) => new MemoryReader(space, (version) => itemsOf(version, space)),
    sweep(kept) {
      for (const version of versions.keys()) if (!kept.includes(version)) versions.delete(version);
      return Promise.resolve();
    },
  };
}

/** By path, as many as fit. */
function batchInOrder(
  paths: Iterable<string>,
  chunksOf: (path: string) => number,
  most: number,
): readonly string[] {
  const inOrder = [...paths].sort();
  let chunks = 0;
  const end = inOrder.findIndex((path) => (chunks += chunksOf(path)) > most && chunks > chunksOf(path));
  return end < 0 ? inOrder : inOrder.slice(0, end);
}

/** Exact nearest neighbours. */
class MemoryReader implements VectorReader {
  readonly #space: VectorSpace;
  readonly #itemsOf: (version: VectorVersion) => readonly VectorItem[];
  #items: readonly VectorItem[] = [];
  /** All vectors, one after the other. */
  #matrix = new Float32Array(0);

  constructor(space: VectorSpace, itemsOf: (version: VectorVersion) => readonly VectorItem[]) {
    this.#space = space;
    this.#itemsOf = itemsOf;
  }

  async refresh(version: VectorVersion): Promise<void> {
    const { dims } = this.#space;
    const items = await Promise.resolve(this.#itemsOf(version));
    this.#matrix = new Float32Array(items.length * dims);
    for (const [row, { vector }] of items.entries()) this.#matrix.set(vector, row * dims);
    this.#items = items;
  }

  async query(vector: Float32Array, count: number): Promise<readonly VectorHit[]> {
    if (!isSound(vector, this.#space) || !vector.some((value) => value !== 0) || count < 1) return [];
    const best = new TopHits(count);
    for (let row = 0; row < this.#items.length; row++) best.offer(row, this.#similarity(row, vector));
    const hits = best.entries().map(({ id, score }) => {
      const { path = '', ordinal = 0 } = this.#items[id] ?? {};
      return { path, ordinal, score };
    });
    return Promise.resolve(hits);
  }

  close(): Promise<void> {
    return this.refresh(NO_VECTORS);
  }

  #similarity(row: number, vector: Float32Array): number {
    const { dims } = this.#space;
    const start = row * dims;
    let sum = 0;
    for (let at = 0; at < dims; at++) sum += (this.#matrix[start + at] ?? 0) * (vector[at] ?? 0);
    return sum;
  }
}

/** Throws a `RangeError` for a vector that is not one of the space. */
function isSound(vector: Float32Array, { dims }: VectorSpace): boolean {
  if (vector.length === dims && vector.every((value) => Number.isFinite(value))) return true;
  throw new RangeError(`A vector must have ${dims} finite numbers.`);
}

function keyOf({ path, ordinal }: VectorItem): string {
  return `${ordinal}/${path}`;
}

function byChunk(a: VectorItem, b: VectorItem): number {
  return a.path === b.path ? a.ordinal - b.ordinal : a.path < b.path ? -1 : 1;
}
