import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ShardVersions } from '../../core/indexing/records.ts';
import type { VectorHit, VectorReader } from '../../core/ports.ts';
import { BestHits } from './bestHits.ts';
import { squaredLength } from './checkVectors.ts';
import { forEachConcurrently } from './forEachConcurrently.ts';
import type { PackedShard } from './packedShard.ts';
import { scanShard } from './scanShard.ts';
import { decodeShard } from './shardFormat.ts';
import { shardFolder, type VectorStoreOptions } from './shardFolder.ts';
import { readShardFile } from './shardStorage.ts';

const SHARDS_AT_ONCE = 4;
/** How long a query may keep the thread to itself. */
const SLICE_MS = 3;

interface LoadedShard extends PackedShard {
  readonly version: number;
}

/**
 * Reads the shards that `createVectraWriter` stores. The vectors are scanned where the file put them, exactly and in
 * full: the same hits as vectra's own `queryItems` over all shards, without an object for every item.
 */
export function createVectraReader(options: VectorStoreOptions): VectorReader {
  return new VectraReader(options);
}

class VectraReader implements VectorReader {
  readonly #options: VectorStoreOptions;
  readonly #folder: string;
  /** Never changed, only replaced: a query goes on with what it began with. */
  #shards: ReadonlyMap<number, LoadedShard> = new Map();
  #refreshing: Promise<void> = Promise.resolve();

  constructor(options: VectorStoreOptions) {
    this.#options = options;
    this.#folder = shardFolder(options);
  }

  refresh(versions: ShardVersions): Promise<void> {
    const next = this.#refreshing.then(() => this.#load(versions));
    this.#refreshing = next.catch(() => undefined);
    return next;
  }

  async query(vector: Float32Array, count: number): Promise<readonly VectorHit[]> {
    const { dims } = this.#options.embedder;
    if (vector.length !== dims) throw new RangeError(`A query needs ${dims} numbers, not ${vector.length}.`);
    const norm = Math.sqrt(squaredLength(vector));
    if (!Number.isFinite(norm)) throw new RangeError('A query needs finite numbers.');
    // Nothing is near to a query that says nothing.
    if (norm === 0 || count < 1) return [];
    const best = new BestHits(count);
    let sliceStart = performance.now();
    for (const shard of this.#shards.values()) {
      if (performance.now() - sliceStart > SLICE_MS) {
        await nextTurn();
        sliceStart = performance.now();
      }
      scanShard(shard, vector, norm, best);
    }
    return best.hits;
  }

  async #load(versions: ShardVersions): Promise<void> {
    const shards = new Map<number, LoadedShard>();
    await forEachConcurrently(Object.entries(versions), SHARDS_AT_ONCE, async ([key, version]) => {
      const shard = Number(key);
      const known = this.#shards.get(shard);
      shards.set(shard, known?.version === version ? known : await this.#loadShard(shard, version));
    });
    this.#shards = shards;
  }

  async #loadShard(shard: number, version: number): Promise<LoadedShard> {
    const bytes = await readShardFile(this.#folder, shard, version);
    return { version, ...decodeShard(bytes, this.#options.embedder, `vector shard ${shard}`) };
  }
}
