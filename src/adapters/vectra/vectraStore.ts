import { rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { VectorStore, VectorVersion } from '../../core/ports/vectors.ts';
import { foldersIn, sweepOwnFolder } from '../durable/ownPlace.ts';
import { shardFileNames, VECTORS_FOLDER } from './shardFolder.ts';
import { createVectraReader } from './vectraReader.ts';
import { createVectraWriter, type VectraWriterOptions } from './vectraWriter.ts';

/** Keeps vectors in vectra, in files below the directory of a folder's index. How they are cut into shards is its business alone. */
export function createVectraStore(
  directory: string,
  options: Pick<VectraWriterOptions, 'shardCount' | 'writeFile'> = {},
): VectorStore {
  return {
    writer: (embedder) => createVectraWriter({ directory, embedder, ...options }),
    reader: (embedder) => createVectraReader({ directory, embedder, ...options }),
    sweep: (kept) => sweepShards(directory, kept),
  };
}

/**
 * Deletes every stored shard that none of these versions names and every half-written file, of all embedders. Throws a
 * `StoreUnavailableError` for links among them.
 */
export async function sweepShards(directory: string, kept: readonly VectorVersion[]): Promise<void> {
  const named = new Set(kept.flatMap(shardFileNames));
  for (const embedder of foldersIn(directory, [VECTORS_FOLDER])) {
    const { isEmpty } = sweepOwnFolder(directory, [VECTORS_FOLDER, embedder], (name) => !named.has(name));
    if (isEmpty) await rmdir(join(directory, VECTORS_FOLDER, embedder)).catch(() => undefined);
  }
}
