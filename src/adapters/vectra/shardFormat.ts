import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { StoreCorruptError } from '../../core/errors/storeErrors.ts';
import { NO_VECTORS, type VectorSpace, type VectorVersion } from '../../core/ports/vectors.ts';
import type { PackedShard } from './packedShard.ts';

/** Goes into the name of the folder; a new number leaves the shards of the old format to the sweep. */
const SHARD_FORMAT = 1;

const MAGIC = 0x314b5056; // 'VPK1', little-endian
const PREFIX_BYTES = 16;
const ALIGNMENT = 64;

interface ShardHead {
  readonly embedder: string;
  readonly dims: number;
  /** Different paths, and how many chunks of each follow one another. */
  readonly paths: readonly string[];
  readonly runs: readonly number[];
  readonly ordinals: readonly number[];
}

/**
 * Layout, little-endian, each block on a 64-byte border: magic, CRC-32 of all that follows the CRC, byte length of the
 * head, chunk count; the head as JSON; the norms as float64; the vectors as float32.
 */
export function encodeShard(shard: PackedShard, basis: VectorSpace): Uint8Array {
  const head = Buffer.from(JSON.stringify(headOf(shard, basis)));
  const { norms, vectors, end } = layout(head.length, shard.ordinals.length, basis.dims);
  const file = Buffer.alloc(end);
  file.writeUInt32LE(MAGIC, 0);
  file.writeUInt32LE(head.length, 8);
  file.writeUInt32LE(shard.ordinals.length, 12);
  file.set(head, PREFIX_BYTES);
  new Float64Array(file.buffer, file.byteOffset + norms, shard.norms.length).set(shard.norms);
  new Float32Array(file.buffer, file.byteOffset + vectors, shard.vectors.length).set(shard.vectors);
  file.writeUInt32LE(crc32(file.subarray(8)), 4);
  return file;
}

/** The vectors and norms are views of `bytes`, not copies. `name` stands for the shard in the error message. */
export function decodeShard(bytes: Uint8Array, basis: VectorSpace, name: string): PackedShard {
  const file = aligned(bytes);
  if (file.length < PREFIX_BYTES || file.readUInt32LE(0) !== MAGIC) {
    throw new StoreCorruptError(name, 'not a shard of this format');
  }
  if (file.readUInt32LE(4) !== crc32(file.subarray(8))) throw new StoreCorruptError(name, 'altered');
  const headLength = file.readUInt32LE(8);
  const count = file.readUInt32LE(12);
  // The checksum vouches for the form: only `encodeShard` writes this magic number.
  const head = JSON.parse(file.toString('utf8', PREFIX_BYTES, PREFIX_BYTES + headLength)) as ShardHead;
  if (head.embedder !== basis.id || head.dims !== basis.dims) {
    throw new StoreCorruptError(name, `made by ${head.embedder}, not by ${basis.id}`);
  }
  const { norms, vectors } = layout(headLength, count, basis.dims);
  return {
    paths: head.paths.flatMap((path, index) => new Array<string>(head.runs[index] ?? 0).fill(path)),
    ordinals: head.ordinals,
    norms: new Float64Array(file.buffer, file.byteOffset + norms, count),
    vectors: new Float32Array(file.buffer, file.byteOffset + vectors, count * basis.dims),
  };
}

function layout(headLength: number, count: number, dims: number) {
  const norms = roundUp(PREFIX_BYTES + headLength);
  const vectors = roundUp(norms + count * Float64Array.BYTES_PER_ELEMENT);
  return { norms, vectors, end: vectors + count * dims * Float32Array.BYTES_PER_ELEMENT };
}

function roundUp(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}

/** A view that float64 views may be laid upon; copies only what came out of a pool at an odd place. */
function aligned(bytes: Uint8Array): Buffer {
  return bytes.byteOffset % Float64Array.BYTES_PER_ELEMENT === 0
    ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : Buffer.from(Uint8Array.from(bytes).buffer);
}

function headOf({ paths, ordinals }: PackedShard, basis: VectorSpace): ShardHead {
  const different: string[] = [];
  const runs: number[] = [];
  for (const path of paths) {
    if (path === different.at(-1)) runs[runs.length - 1] = (runs.at(-1) ?? 0) + 1;
    else {
      different.push(path);
      runs.push(1);
    }
  }
  return { embedder: basis.id, dims: basis.dims, paths: different, runs, ordinals };
}

/** Suits up to some 500,000 chunks: beyond that shards are divided (`ShardTree`). */
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

/** Shard number → version of its file, of which none is ever used again for other content. */
export type ShardVersions = Readonly<Record<number, number>>;

/** The name of a state of the shards: `<shard>-<version>` of each, in order, with a space between two. */
export function versionOf(shards: ShardVersions): VectorVersion {
  return Object.entries(shards)
    .sort(([a], [b]) => Number(a) - Number(b))
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
