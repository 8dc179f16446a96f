import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { VectorBasis } from './packedShard.ts';
import { SHARD_FORMAT } from './shardFormat.ts';

/** Suits up to about 100,000 chunks; more make vectra's linear insertion felt. */
export const DEFAULT_SHARD_COUNT = 64;

export interface VectorStoreOptions {
  /** The folder's store, as given to `openIndexStore`. */
  readonly directory: string;
  readonly embedder: VectorBasis;
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

const FILE_NAME = /^(\d+)-(\d+)\.vpk$/;

export function shardFileName(shard: number, version: number): string {
  return `${shard}-${version}.vpk`;
}

/** The inverse of `shardFileName`; `undefined` for any other name. */
export function parseShardFileName(name: string): { shard: number; version: number } | undefined {
  const [, shard, version] = FILE_NAME.exec(name) ?? [];
  return shard === undefined ? undefined : { shard: Number(shard), version: Number(version) };
}

/** The shard that holds all chunks of a file: FNV-1a over the path's UTF-16 units, so files spread evenly. */
export function shardOf(path: string, shardCount: number): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < path.length; index++) {
    hash = Math.imul(hash ^ path.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0) % shardCount;
}
