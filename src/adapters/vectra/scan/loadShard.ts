import type { VectorSpace } from '../../../core/ports/vectors.ts';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreCorruptError } from '../../../core/errors/storeErrors.ts';
import { errorCode } from '../../durable/errorCode.ts';
import { openRegularFile } from '../../durable/regularFile.ts';
import { storageError } from '../../durable/storageError.ts';
import type { PackedShard } from '../packedShard.ts';
import { decodeShard } from '../shardFormat.ts';
import { shardFileName } from '../shardFolder.ts';
import { roundRows } from './roundRows.ts';
import { fileRows, keptRows } from './rowSource.ts';
import type { ScanKernel } from './scanKernel.ts';
import type { ScannedShard, Slab } from './scannedShard.ts';
import { SLAB_ROWS } from './slabMemory.ts';
import { TimeSlice } from '../../../core/async/timeSlice.ts';

export interface ShardPlace {
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
    const keptBytes = isKept ? vectors.byteLength : 0;
    options.buffers.push(bytes.buffer);
    return { version: place.version, paths, ordinals, norms, rows, keptBytes, slabs };
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
