import { StoreCorruptError } from '../../core/errors/storeErrors.ts';
import type { ShardVersions } from '../../core/ports/indexRecords.ts';
import { forEachConcurrently } from './forEachConcurrently.ts';
import type { VectorBasis } from './packedShard.ts';
import { decodeShard } from './shardFormat.ts';
import { readShardFile } from './shardStorage.ts';

const SHARDS_AT_ONCE = 4;

/** Reads every shard and returns, in order, those whose file is missing or is not what was written. */
export async function damagedShards(
  folder: string,
  versions: ShardVersions,
  basis: VectorBasis,
): Promise<readonly number[]> {
  const damaged: number[] = [];
  await forEachConcurrently(Object.entries(versions), SHARDS_AT_ONCE, async ([key, version]) => {
    const shard = Number(key);
    try {
      decodeShard(await readShardFile(folder, shard, version), basis, `vector shard ${shard}`);
    } catch (error) {
      if (!(error instanceof StoreCorruptError)) throw error;
      damaged.push(shard);
    }
  });
  return damaged.sort((a, b) => a - b);
}
