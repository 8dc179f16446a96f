import type { FileHandle } from 'node:fs/promises';
import { readSync } from 'node:fs';
import { StoreCorruptError } from '../../../core/errors/storeErrors.ts';

/** The float vectors of one shard. */
export interface RowSource {
  /** Valid until the next call. */
  read(row: number): Float32Array;
  close(): Promise<void>;
}

/** Rows that are kept in memory, one after the other. */
export function keptRows(vectors: Float32Array, dims: number): RowSource {
  return {
    read: (row) => vectors.subarray(row * dims, (row + 1) * dims),
    close: () => Promise.resolve(),
  };
}

/**
 * Rows that stay in the shard's file, from byte `start` on; `name` stands for the shard in the error message. The file
 * stays open for as long as the shard is in use: whoever sweeps it meanwhile takes away its name and not its content.
 * That is so wherever files can be deleted while open, which on Windows holds for those that Node opened. They were read
 * a moment ago, when the shard was loaded, so reading takes a microsecond or two: less than going through a thread.
 */
export function fileRows(file: FileHandle, start: number, dims: number, name: string): RowSource {
  const row = new Float32Array(dims);
  const bytes = row.byteLength;
  return {
    read(index) {
      const read = readSync(file.fd, row, 0, bytes, start + index * bytes);
      if (read !== bytes) throw new StoreCorruptError(name, 'shorter than it was');
      return row;
    },
    close: () => file.close(),
  };
}
