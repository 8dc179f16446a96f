import { basename } from 'node:path';
import { LocalIndex } from 'vectra';
import { createTimeSlice } from '../../core/async/timeSlice.ts';
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
import { pathHash, ShardTree } from './shardTree.ts';

/** Enough to keep the disk busy while one shard is being computed. */
const SHARDS_AT_ONCE = 4;
/** Before it puts a chunk into a file, vectra compares it with all that are there: more chunks go into further files. */
const MOST_CHUNKS = 8192;

export interface VectraWriterOptions extends VectorStoreOptions {
  /** Writes shards; `atomicWrite` unless given. */
  readonly writeFile?: WriteFile;
  /** Of one shard's file; more only where they are of one path. */
  readonly mostChunks?: number;
}

interface ShardChange {
  readonly removedPaths: Set<string>;
  readonly items: VectorItem[];
}

/** A chunk as vectra has it. */
interface StoredChunk {
  readonly id: string;
  readonly metadata: ChunkMetadata;
  readonly vector: number[];
}

/**
 * Keeps vectors in vectra, one `LocalIndex` a shard; all chunks of a file are in one shard, so a changed file costs one
 * file of a megabyte or two. Shards that get too large are divided (`ShardTree`), so that the work of a change is in
 * proportion to it whatever the names of files are. To be used within `IndexStore.write` only: what is staged belongs to no generation yet. A
 * history that begins with `NO_VECTORS` takes neither content nor version numbers from shards still stored from before.
 */
export function createVectraWriter(options: VectraWriterOptions): VectorWriter {
  const folder = shardFolder(options);
  const { embedder, shardCount = DEFAULT_SHARD_COUNT } = options;
  return {
    batch: (paths, chunksOf, most) => wholeShards(paths, chunksOf, most, shardCount),
    async salvage(current) {
      const shards = shardsOf(current);
      const tree = new ShardTree(Object.keys(shards).map(Number), shardCount);
      const damaged = await damagedShards(folder, shards, embedder);
      const sound = Object.entries(shards).filter(([shard]) => !damaged.has(Number(shard)));
      return {
        version: versionOf(Object.fromEntries(sound)),
        isLost: (path) => damaged.has(tree.fileOf(path)),
      };
    },
    async stage(current, { removedPaths, items }, signal) {
      const before = shardsOf(current);
      const tree = new ShardTree(Object.keys(before).map(Number), shardCount);
      const changes = groupByShard(removedPaths, withoutZeroVectors(items, embedder.dims), tree);
      const shards: Record<number, number> = { ...before };
      assertOwnFolder(options.directory, [VECTORS_FOLDER, basename(folder)]);
      makeFolder(folder, PRIVATE);
      await forEachConcurrently(changes, SHARDS_AT_ONCE, async ([shard, change]) => {
        const staged = await stageShard({ ...options, tree, signal }, shard, before[shard], change);
        Reflect.deleteProperty(shards, shard);
        for (const [number, version] of staged) shards[number] = version;
      });
      if (differ(before, shards)) await syncFolder(folder);
      return versionOf(shards);
    },
  };
}

/**
 * The files of as many whole shards as fit, so that no shard is written twice. When the first alone does not, as much of it
 * as fits, of one file at least: neighbours in its tree, so that what it is divided into is not written twice.
 */
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
    if (chunks + more > most) return batch.length > 0 ? batch : partOfShard(inShard, chunksOf, most);
    chunks += more;
    for (const path of inShard) batch.push(path);
  }
  return batch;
}

function partOfShard(
  inShard: readonly string[],
  chunksOf: (path: string) => number,
  most: number,
): readonly string[] {
  const hashes = new Map(inShard.map((path) => [path, pathHash(path)]));
  const inOrder = inShard.toSorted((a, b) => (hashes.get(a) ?? 0) - (hashes.get(b) ?? 0));
  let chunks = 0;
  const end = inOrder.findIndex((path, at) => (chunks += chunksOf(path)) > most && at > 0);
  return end < 0 ? inOrder : inOrder.slice(0, end);
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

interface StageOptions extends VectraWriterOptions {
  readonly tree: ShardTree;
  readonly signal: AbortSignal | undefined;
}

/** Returns the files that take the shard's place, by number: itself as a rule, none when it has become empty. */
async function stageShard(
  options: StageOptions,
  shard: number,
  version: number | undefined,
  { removedPaths, items }: ShardChange,
): Promise<Iterable<readonly [shard: number, version: number]>> {
  const { tree, mostChunks = MOST_CHUNKS } = options;
  const stored = await openShard(options, shard, version);
  const added = new Set(items.map(({ path, ordinal }) => chunkId(path, ordinal)));
  const existing = await stored.index.listItems();
  const isOutdated = ({ id, metadata }: StoredChunk) => added.has(id) || removedPaths.has(metadata.path);
  const kept = existing.filter((chunk) => !isOutdated(chunk));
  const isUnchanged = kept.length === existing.length && items.length === 0;
  if (isUnchanged) return version === undefined ? [] : [[shard, version]];
  const chunks = [...kept, ...items.map(toStored)];
  const files = tree.divided(shard, chunks, ({ metadata }) => metadata.path, mostChunks);
  if (files.has(shard)) {
    await stored.index.deleteItems(existing.filter(isOutdated).map(({ id }) => id));
    return [[shard, await save(stored, items.map(toStored), options.signal)]];
  }
  const saved: (readonly [number, number])[] = [];
  for (const [number, inside] of files) {
    saved.push([number, await save(await openShard(options, number, undefined), inside, options.signal)]);
  }
  return saved;
}

interface OpenShard {
  readonly index: LocalIndex<ChunkMetadata>;
  readonly storage: ShardStorage;
}

/** An update of the shard, begun; of an empty one when there is no version. */
async function openShard(
  options: VectraWriterOptions,
  shard: number,
  version: number | undefined,
): Promise<OpenShard> {
  const folder = shardFolder(options);
  const codec = new PackedCodec(options.embedder, `vector shard ${shard}`);
  const storage = new ShardStorage({ folder, shard, version }, codec, options.writeFile ?? atomicWrite);
  const index = new LocalIndex<ChunkMetadata>(folder, undefined, storage, codec);
  await index.beginUpdate();
  return { index, storage };
}

/** Ends the update with these chunks added. Returns the version. */
async function save(
  { index, storage }: OpenShard,
  chunks: readonly StoredChunk[],
  signal: AbortSignal | undefined,
): Promise<number> {
  const pace = createTimeSlice(signal);
  for (const chunk of chunks) {
    // vectra's promises alone let nobody else have a turn.
    await pace();
    await index.insertItem(chunk);
  }
  try {
    await index.endUpdate();
  } catch (error) {
    throw storage.failure ?? error;
  }
  if (storage.version === undefined) throw new TypeError('vectra has saved nothing.');
  return storage.version;
}

function toStored({ path, ordinal, vector }: VectorItem): StoredChunk {
  return { id: chunkId(path, ordinal), metadata: { path, ordinal }, vector: asNumbers(vector) };
}

function groupByShard(
  removedPaths: readonly string[],
  items: readonly VectorItem[],
  tree: ShardTree,
): ReadonlyMap<number, ShardChange> {
  const changes = new Map<number, ShardChange>();
  const changeOf = (path: string) => {
    const shard = tree.fileOf(path);
    const change = changes.get(shard) ?? { removedPaths: new Set(), items: [] };
    changes.set(shard, change);
    return change;
  };
  for (const path of removedPaths) changeOf(path).removedPaths.add(path);
  for (const item of items) changeOf(item.path).items.push(item);
  return changes;
}

/** Whether `b` names a file that `a` does not. */
function differ(a: ShardVersions, b: ShardVersions): boolean {
  return Object.entries(b).some(([shard, version]) => a[Number(shard)] !== version);
}
