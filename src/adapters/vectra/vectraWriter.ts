import { LocalIndex } from 'vectra';
import type { ShardVersions } from '../../core/ports/indexRecords.ts';
import type { VectorItem, VectorWriter } from '../../core/ports/vectors.ts';
import { atomicWrite } from '../durable/atomicWrite.ts';
import { makeFolder, PRIVATE } from '../durable/makeFolder.ts';
import { syncFolder } from '../durable/syncFolder.ts';
import { withoutZeroVectors } from './checkVectors.ts';
import { damagedShards } from './damagedShards.ts';
import { forEachConcurrently } from './forEachConcurrently.ts';
import { asNumbers, chunkId, PackedCodec, type ChunkMetadata } from './packedCodec.ts';
import { DEFAULT_SHARD_COUNT, shardFolder, shardOf, type VectorStoreOptions } from './shardFolder.ts';
import { ShardStorage, type WriteFile } from './shardStorage.ts';

/** Enough to keep the disk busy while one shard is being computed. */
const SHARDS_AT_ONCE = 4;

export interface VectraWriterOptions extends VectorStoreOptions {
  /** Writes shards; `atomicWrite` unless given. */
  readonly writeFile?: WriteFile;
}

interface ShardChange {
  readonly removedPaths: Set<string>;
  readonly items: VectorItem[];
}

/**
 * Keeps vectors in vectra, one `LocalIndex` a shard; all chunks of a file are in one shard, so a changed file costs one
 * file of a megabyte or two. Items whose vector is all zero are left out, and an added item replaces the one of the
 * same chunk. To be used within `IndexStore.write` only: what is staged belongs to no generation yet.
 */
export function createVectraWriter(options: VectraWriterOptions): VectorWriter {
  const folder = shardFolder(options);
  const { embedder, shardCount = DEFAULT_SHARD_COUNT } = options;
  return {
    shardOf: (path) => shardOf(path, shardCount),
    damaged: (current) => damagedShards(folder, current, embedder),
    async stage(current, { removedPaths, items }) {
      const changes = groupByShard(removedPaths, withoutZeroVectors(items, embedder.dims), shardCount);
      const versions: Record<number, number> = { ...current };
      makeFolder(folder, PRIVATE);
      await forEachConcurrently(changes, SHARDS_AT_ONCE, async ([shard, change]) => {
        const version = await stageShard(options, shard, current[shard], change);
        if (version === undefined) Reflect.deleteProperty(versions, shard);
        else versions[shard] = version;
      });
      if (differ(current, versions)) await syncFolder(folder);
      return versions;
    },
  };
}

/** Returns the new version, or `undefined` when the shard has become empty. */
async function stageShard(
  options: VectraWriterOptions,
  shard: number,
  version: number | undefined,
  { removedPaths, items }: ShardChange,
): Promise<number | undefined> {
  const folder = shardFolder(options);
  const codec = new PackedCodec(options.embedder, `vector shard ${shard}`);
  const storage = new ShardStorage({ folder, shard, version }, codec, options.writeFile ?? atomicWrite);
  const index = new LocalIndex<ChunkMetadata>(folder, undefined, storage, codec);
  await index.beginUpdate();
  const added = new Set(items.map(({ path, ordinal }) => chunkId(path, ordinal)));
  const existing = await index.listItems();
  const outdated = existing.filter(({ id, metadata }) => added.has(id) || removedPaths.has(metadata.path));
  if (outdated.length === 0 && items.length === 0) return version;
  if (outdated.length === existing.length && items.length === 0) return undefined;
  await index.deleteItems(outdated.map(({ id }) => id));
  for (const { path, ordinal, vector } of items) {
    await index.insertItem({
      id: chunkId(path, ordinal),
      metadata: { path, ordinal },
      vector: asNumbers(vector),
    });
  }
  try {
    await index.endUpdate();
  } catch (error) {
    throw storage.failure ?? error;
  }
  return storage.version;
}

function groupByShard(
  removedPaths: readonly string[],
  items: readonly VectorItem[],
  shardCount: number,
): ReadonlyMap<number, ShardChange> {
  const changes = new Map<number, ShardChange>();
  const changeOf = (path: string) => {
    const shard = shardOf(path, shardCount);
    const change = changes.get(shard) ?? { removedPaths: new Set(), items: [] };
    changes.set(shard, change);
    return change;
  };
  for (const path of removedPaths) changeOf(path).removedPaths.add(path);
  for (const item of items) changeOf(item.path).items.push(item);
  return changes;
}

function differ(a: ShardVersions, b: ShardVersions): boolean {
  return Object.entries(b).some(([shard, version]) => a[Number(shard)] !== version);
}
