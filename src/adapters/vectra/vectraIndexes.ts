import { LocalIndex } from 'vectra';
import type { VectorHit, VectorItem, VectorVersion } from '../../core/ports/vectors.ts';
import { BestHits } from './bestHits.ts';
import { asNumbers, PackedCodec, type ChunkMetadata } from './packedCodec.ts';
import { shardFolder, shardsOf, type VectorStoreOptions } from './shardFormat.ts';
import { ShardStorage } from './shardStorage.ts';

/**
 * The same shards queried by vectra itself: what `createVectraReader` is tested against and measured beside. Which of
 * several equal scores a shard gives when not all are wanted is up to vectra.
 */
export class VectraIndexes {
  readonly #indexes: readonly LocalIndex<ChunkMetadata>[];

  constructor(options: VectorStoreOptions, version: VectorVersion) {
    const folder = shardFolder(options);
    this.#indexes = Object.entries(shardsOf(version)).map(([key, number]) => {
      const shard = Number(key);
      const codec = new PackedCodec(options.embedder, `vector shard ${shard}`);
      const storage = new ShardStorage({ folder, shard, version: number }, codec, refuseToWrite);
      return new LocalIndex<ChunkMetadata>(folder, undefined, storage, codec);
    });
  }

  async query(vector: Float32Array, count: number): Promise<readonly VectorHit[]> {
    const best = new BestHits(count);
    for (const index of this.#indexes) {
      for (const { item, score } of await index.queryItems(asNumbers(vector), '', count)) {
        best.offer(item.metadata.path, item.metadata.ordinal, score);
      }
    }
    return best.hits;
  }

  /** Everything stored, shard by shard. */
  async *items(): AsyncGenerator<VectorItem> {
    for (const index of this.#indexes) {
      for (const { metadata, vector } of await index.listItems()) {
        yield { path: metadata.path, ordinal: metadata.ordinal, vector: Float32Array.from(vector) };
      }
    }
  }
}

function refuseToWrite(): Promise<never> {
  return Promise.reject(new Error('These indexes are read only.'));
}
