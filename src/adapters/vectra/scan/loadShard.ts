import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { TimeSlice } from '../../../core/async/timeSlice.ts';
import { StoreCorruptError } from '../../../core/errors/storeErrors.ts';
import type { VectorSpace } from '../../../core/ports/vectors.ts';
import { openRegularFile } from '../../durable/regularFile.ts';
import { errorCode, storageError } from '../../durable/storageError.ts';
import type { PackedShard } from '../packedShard.ts';
import { decodeShard, shardFileName } from '../shardFormat.ts';
import { fileRows, keptRows, type RowSource } from './rowSource.ts';
import type { ScanKernel } from './scanKernel.ts';
import { SLAB_ROWS } from './slabMemory.ts';

interface ShardPlace {
  readonly folder: string;
  readonly shard: number;
  readonly version: number;
}

export interface LoadOptions {
  readonly basis: VectorSpace;
  readonly kernel: ScanKernel;
  /** Whether to keep so many bytes of float rows in memory; asked once. */
  readonly keeps: (bytes: number) => boolean;
  /** Memory to read files into, used again and again. */
  readonly buffers: ArrayBuffer[];
}

/** Reads and checks a shard and rounds its rows. Throws `StoreCorruptError` when it is missing or damaged. */
export async function loadShard(place: ShardPlace, options: LoadOptions): Promise<ScannedShard> {
  const path = join(place.folder, shardFileName(place.shard, place.version));
  const name = `vector shard ${place.shard}`;
  const file = await openFile(path, name);
  let isKeptOpen = false;
  try {
    const bytes = await readWhole(file, options.buffers).catch((error: unknown) => {
      throw storageError(error, path);
    });
    const { basis, kernel } = options;
    const shard = decodeShard(bytes, basis, name);
    const { paths, ordinals, vectors } = shard;
    const isKept = options.keeps(vectors.byteLength);
    const slabs = await roundShard(shard, kernel);
    isKeptOpen = !isKept;
    const rows = isKept
      ? keptRows(vectors.slice(), basis.dims)
      : fileRows(file, vectors.byteOffset - bytes.byteOffset, basis.dims, name);
    const norms = shard.norms.slice();
    options.buffers.push(bytes.buffer);
    return { version: place.version, paths, ordinals, norms, rows, slabs };
  } finally {
    if (!isKeptOpen) await file.close();
  }
}

async function openFile(path: string, name: string): Promise<FileHandle> {
  try {
    return await openRegularFile(path);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw storageError(error, path);
    throw new StoreCorruptError(name, 'missing', { cause: error });
  }
}

async function readWhole(file: FileHandle, buffers: ArrayBuffer[]): Promise<Uint8Array<ArrayBuffer>> {
  const { size } = await file.stat();
  const spare = buffers.pop();
  const buffer = spare && spare.byteLength >= size ? spare : new ArrayBuffer(size);
  const bytes = new Uint8Array(buffer, 0, size);
  for (let done = 0; done < size;) {
    const { bytesRead } = await file.read(bytes, done, size - done, done);
    // The checksum tells what is missing.
    if (bytesRead === 0) return bytes.subarray(0, done);
    done += bytesRead;
  }
  return bytes;
}

async function roundShard(shard: PackedShard, kernel: ScanKernel): Promise<readonly Slab[]> {
  const slabs: Slab[] = [];
  const slice = new TimeSlice();
  try {
    for (let first = 0; first < shard.ordinals.length; first += SLAB_ROWS) {
      if (slice.isOver) await slice.rest();
      slabs.push(roundRows(shard, first, kernel));
    }
  } catch (error) {
    for (const { address } of slabs) kernel.memory.give(address);
    throw error;
  }
  return slabs;
}

/** Outside of these lengths single precision would lose digits, or the whole vector. */
const SHORT = 1e-15;
const LONG = 1e15;

/** Rounds a shard's rows from `first` on, as many as go into a slab, into a new one. */
export function roundRows(
  { norms, vectors }: Pick<PackedShard, 'norms' | 'vectors'>,
  first: number,
  kernel: ScanKernel,
): Slab {
  const count = Math.min(SLAB_ROWS, norms.length - first);
  const dims = vectors.length / norms.length;
  const address = kernel.memory.take();
  for (let row = 0; row < count; row++) {
    const vector = vectors.subarray((first + row) * dims, (first + row + 1) * dims);
    stage(vector, norms[first + row] ?? 0, row, kernel);
  }
  kernel.quantize(address, count);
  const { floats, residuals } = kernel.memory;
  let residual = 0;
  for (let row = 0; row < count; row++) {
    residual = Math.max(residual, floats[(address + residuals) / 4 + row] ?? 0);
  }
  return { address, first, count, residual };
}

function stage(vector: Float32Array, norm: number, row: number, { memory }: ScanKernel): void {
  const { floats, staging, inverses, width } = memory;
  const at = staging / 4 + row * width;
  const isOrdinary = norm > SHORT && norm < LONG;
  floats.set(isOrdinary ? vector : vector.map((value) => value / norm), at);
  floats[inverses / 4 + row] = isOrdinary ? 1 / norm : 1;
}

/** Consecutive rows of a shard in one slab of the kernel's memory. */
export interface Slab {
  readonly address: number;
  /** Row of the shard that is the slab's first. */
  readonly first: number;
  readonly count: number;
  /** Greatest of the rows' residuals. */
  readonly residual: number;
}

/** One version of a shard, ready to be scanned: rounded rows in slabs, true ones where `rows` finds them. */
export interface ScannedShard {
  readonly version: number;
  readonly paths: readonly string[];
  readonly ordinals: readonly number[];
  /** Lengths of the vectors. */
  readonly norms: Float64Array;
  readonly rows: RowSource;
  readonly slabs: readonly Slab[];
}

/** Gives back what the shard has taken. */
export async function releaseShard(shard: ScannedShard, kernel: ScanKernel): Promise<void> {
  for (const { address } of shard.slabs) kernel.memory.give(address);
  await shard.rows.close();
}
