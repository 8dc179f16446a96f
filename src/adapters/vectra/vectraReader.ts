import { SerialQueue } from '../../core/async/serialQueue.ts';
import {
  NO_VECTORS,
  type VectorHit,
  type VectorReader,
  type VectorVersion,
} from '../../core/ports/vectors.ts';
import { squaredLength } from './checkVectors.ts';
import { forEachConcurrently } from './forEachConcurrently.ts';
import { createKernel } from './scan/createKernel.ts';
import { type LoadOptions, loadShard, releaseShard, type ScannedShard } from './scan/loadShard.ts';
import { NearestScan } from './scan/nearestScan.ts';
import type { KernelName, ScanKernel } from './scan/scanKernel.ts';
import { shardFolder, shardsOf, type ShardVersions, type VectorStoreOptions } from './shardFormat.ts';

const SHARDS_AT_ONCE = 4;
/** Float rows of stores up to this are kept in memory; those of larger ones are read from their files when wanted. */
const KEPT_BYTES = 16 * 2 ** 20;

export interface VectraReaderOptions extends VectorStoreOptions {
  /** The fastest that runs here unless given. */
  readonly kernel?: KernelName;
  /** How many bytes of float rows may be kept in memory. */
  readonly keptBytes?: number;
  /** Told of how many rows a query computed the true score; for measurements. */
  readonly onLookUps?: (rows: number) => void;
}

/**
 * Reads the shards that `createVectraWriter` stores. Rows are rounded to eight bits on loading and scanned so; the hits
 * are exactly those of vectra's own `queryItems` over all shards (see `NearestScan`). Shards in use may have a file
 * open until `close`.
 */
export function createVectraReader(options: VectraReaderOptions): VectorReader {
  return new VectraReader(options);
}

class VectraReader implements VectorReader {
  readonly #options: VectraReaderOptions;
  readonly #folder: string;
  readonly #kernel: ScanKernel;
  #shards: ReadonlyMap<number, ScannedShard> = new Map();
  readonly #refreshes = new SerialQueue();
  /** Queries and the change from one set of shards to the next, one at a time: they share the kernel's memory. */
  readonly #turns = new SerialQueue();

  constructor(options: VectraReaderOptions) {
    this.#options = options;
    this.#folder = shardFolder(options);
    this.#kernel = createKernel(options.embedder.dims, options.kernel);
  }

  refresh(version: VectorVersion): Promise<void> {
    return this.#refreshes.run(() => this.#change(shardsOf(version)));
  }

  close(): Promise<void> {
    return this.refresh(NO_VECTORS);
  }

  async query(vector: Float32Array, count: number): Promise<readonly VectorHit[]> {
    const { dims } = this.#options.embedder;
    if (vector.length !== dims) throw new RangeError(`A query needs ${dims} numbers, not ${vector.length}.`);
    const norm = Math.sqrt(squaredLength(vector));
    if (!Number.isFinite(norm)) throw new RangeError('A query needs finite numbers.');
    // Nothing is near to a query that says nothing.
    if (norm === 0 || count < 1) return [];
    return this.#turns.run(async () => {
      const scan = new NearestScan(this.#shards.values(), this.#kernel, { vector, norm, count });
      const hits = await scan.run();
      this.#options.onLookUps?.(scan.looked);
      return hits;
    });
  }

  async #change(versions: ShardVersions): Promise<void> {
    const shards = await this.#load(versions);
    await this.#turns.run(async () => {
      const outdated = [...this.#shards].filter(([shard, known]) => shards.get(shard) !== known);
      this.#shards = shards;
      await this.#release(outdated.map(([, shard]) => shard));
    });
  }

  /** The shards that are there already and have the wanted version, and the others from their files. */
  async #load(versions: ShardVersions): Promise<ReadonlyMap<number, ScannedShard>> {
    const wanted = Object.entries(versions).map(([key, version]) => ({ shard: Number(key), version }));
    const shards = new Map([...this.#shards].filter(([shard, { version }]) => versions[shard] === version));
    const loaded: ScannedShard[] = [];
    const options = this.#loadOptions(wanted.length);
    const missing = wanted.filter(({ shard }) => !shards.has(shard));
    try {
      await forEachConcurrently(missing, SHARDS_AT_ONCE, async ({ shard, version }) => {
        const one = await loadShard({ folder: this.#folder, shard, version }, options);
        loaded.push(one);
        shards.set(shard, one);
      });
    } catch (error) {
      await this.#release(loaded);
      throw error;
    }
    return shards;
  }

  /** Shards are of about the same size: each may keep its share. */
  #loadOptions(shardCount: number): LoadOptions {
    const { embedder, keptBytes = KEPT_BYTES } = this.#options;
    const keeps = (bytes: number): boolean => bytes * shardCount <= keptBytes;
    return { basis: embedder, kernel: this.#kernel, keeps, buffers: [] };
  }

  async #release(shards: readonly ScannedShard[]): Promise<void> {
    for (const shard of shards) await releaseShard(shard, this.#kernel);
  }
}
