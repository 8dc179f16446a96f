import { rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { VectorVersion } from '../../core/ports/vectors.ts';
import { foldersIn, sweepOwnFolder } from '../durable/ownPlace.ts';
import { shardFileNames, VECTORS_FOLDER } from './shardFormat.ts';

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
