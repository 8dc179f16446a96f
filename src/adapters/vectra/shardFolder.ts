import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { StoreCorruptError } from '../../core/errors/storeErrors.ts';
import { NO_VECTORS, type VectorSpace, type VectorVersion } from '../../core/ports/vectors.ts';
import { SHARD_FORMAT } from './shardFormat.ts';

/** Suits up to about 100,000 chunks; more make vectra's linear insertion felt. */
export const DEFAULT_SHARD_COUNT = 64;

export interface VectorStoreOptions {
  /** The folder's store, as given to `openIndexStore`. */
  readonly directory: string;
  readonly embedder: VectorSpace;
  readonly shardCount?: number;
}

/** Below the store's directory; vectors of different embedders, layouts or shard counts live in different folders in it. */
export const VECTORS_FOLDER = 'vectors';

/** Where the shards of one embedder are; different ids never share a folder, however odd the characters in them. */
export function shardFolder({
  directory,
  embedder,
  shardCount = DEFAULT_SHARD_COUNT,
}: VectorStoreOptions): string {
  const readable = embedder.id.replaceAll(/[^A-Za-z0-9._-]+/g, '-').slice(0, 40);
  const unique = createHash('sha256').update(embedder.id).digest('hex').slice(0, 8);
  return join(directory, VECTORS_FOLDER, `${readable}-${unique}-${SHARD_FORMAT}-${shardCount}`);
}

/** Shard number → version of its file, of which none is ever used again for other content. Numbers come in order. */
export type ShardVersions = Readonly<Record<number, number>>;

/** The name of a state of the shards: `<shard>-<version>` of each, in order, with a space between two. */
export function versionOf(shards: ShardVersions): VectorVersion {
  return Object.entries(shards)
    .map(([shard, version]) => `${shard}-${version}`)
    .join(' ');
}

/** The inverse of `versionOf`. Throws a `StoreCorruptError` for a name that it did not give. */
export function shardsOf(version: VectorVersion): ShardVersions {
  if (version === NO_VECTORS) return {};
  const parts = version.split(' ').map((part) => PART.exec(part));
  return Object.fromEntries(
    parts.map((part) => {
      if (part === null) throw new StoreCorruptError('version of vectors', 'not one of these shards');
      return [Number(part[1]), Number(part[2])] as const;
    }),
  );
}

const PART = /^(\d+)-(\d+)$/;

export function shardFileName(shard: number, version: number): string {
  return `${shard}-${version}.vpk`;
}

/** The files that a version consists of; one of another store has none of these. */
export function shardFileNames(version: VectorVersion): readonly string[] {
  return version.split(' ').map((part) => `${part}.vpk`);
}

/** The shard that holds all chunks of a file: FNV-1a over the path's UTF-16 units, so files spread evenly. */
export function shardOf(path: string, shardCount: number): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < path.length; index++) {
    hash = Math.imul(hash ^ path.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0) % shardCount;
}
