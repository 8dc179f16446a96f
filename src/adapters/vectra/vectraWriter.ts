import { basename } from 'node:path';
import { LocalIndex } from 'vectra';
import { TimeSlice } from '../../core/async/timeSlice.ts';
import { StoreCorruptError } from '../../core/errors/storeErrors.ts';
import type { VectorItem, VectorSpace, VectorWriter } from '../../core/ports/vectors.ts';
import { atomicWrite } from '../durable/atomicWrite.ts';
import { makeFolder, PRIVATE, syncFolder } from '../durable/makeFolder.ts';
import { assertOwnFolder } from '../durable/ownPlace.ts';
import { withoutZeroVectors } from './checkVectors.ts';
import { forEachConcurrently } from './forEachConcurrently.ts';
import { asNumbers, chunkId, PackedCodec, type ChunkMetadata } from './packedCodec.ts';
import {
  decodeShard,
  DEFAULT_SHARD_COUNT,
  shardFolder,
  shardOf,
  shardsOf,
  type ShardVersions,
  VECTORS_FOLDER,
  type VectorStoreOptions,
  versionOf,
} from './shardFormat.ts';
import { readShardFile, ShardStorage, type WriteFile } from './shardStorage.ts';

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
 * file of a megabyte or two. To be used within `IndexStore.write` only: what is staged belongs to no generation yet. A
 * history that begins with `NO_VECTORS` takes neither content nor version numbers from shards still stored from before.
 */
export function createVectraWriter(options: VectraWriterOptions): VectorWriter {
  const folder = shardFolder(options);
  const { embedder, shardCount = DEFAULT_SHARD_COUNT } = options;
  return {
    batch: (paths, chunksOf, most) => wholeShards(paths, chunksOf, most, shardCount),
    async salvage(current) {
      const shards = shardsOf(current);
      const damaged = await damagedShards(folder, shards, embedder);
      const sound = Object.entries(shards).filter(([shard]) => !damaged.has(Number(shard)));
      return {
        version: versionOf(Object.fromEntries(sound)),
        isLost: (path) => damaged.has(shardOf(path, shardCount)),
      };
    },
    async stage(current, { removedPaths, items }) {
      const changes = groupByShard(removedPaths, withoutZeroVectors(items, embedder.dims), shardCount);
      const before = shardsOf(current);
      const shards: Record<number, number> = { ...before };
      assertOwnFolder(options.directory, [VECTORS_FOLDER, basename(folder)]);
      makeFolder(folder, PRIVATE);
      await forEachConcurrently(changes, SHARDS_AT_ONCE, async ([shard, change]) => {
        const version = await stageShard(options, shard, before[shard], change);
        if (version === undefined) Reflect.deleteProperty(shards, shard);
        else shards[shard] = version;
      });
      if (differ(before, shards)) await syncFolder(folder);
      return versionOf(shards);
    },
  };
}

/** The files of as many whole shards as fit, so that no shard is written twice; of one shard at least. */
function wholeShards(
  paths: Iterable<string>,
  chunksOf: (path: string) => number,
  most: number,
  shardCount: number,
): readonly string[] {
  const byShard = Map.groupBy([...paths].sort(), (path) => shardOf(path, shardCount));
  const batch: string[] = [];
  let chunks = 0;
  for (const [, inShard] of [...byShard].sort(([a], [b]) => a - b)) {
    const more = inShard.reduce((sum, path) => sum + chunksOf(path), 0);
    if (chunks > 0 && chunks + more > most) break;
    chunks += more;
    for (const path of inShard) batch.push(path);
  }
  return batch;
}

/** Reads every shard: those whose file is missing or is not what was written. */
async function damagedShards(
  folder: string,
  shards: ShardVersions,
  space: VectorSpace,
): Promise<ReadonlySet<number>> {
  const damaged = new Set<number>();
  await forEachConcurrently(Object.entries(shards), SHARDS_AT_ONCE, async ([key, version]) => {
    const shard = Number(key);
    try {
      decodeShard(await readShardFile(folder, shard, version), space, `vector shard ${shard}`);
    } catch (error) {
      if (!(error instanceof StoreCorruptError)) throw error;
      damaged.add(shard);
    }
  });
  return damaged;
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
  const slice = new TimeSlice();
  for (const { path, ordinal, vector } of items) {
    // vectra compares each with all that are there, and its promises alone let nobody else have a turn.
    if (slice.isOver) await slice.rest();
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
