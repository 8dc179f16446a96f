import { readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { VectorVersion } from '../../core/ports/vectors.ts';
import { shardFileNames, VECTORS_FOLDER } from './shardFolder.ts';

/** Deletes every stored shard that none of these versions names and every half-written file, of all embedders. */
export async function sweepShards(directory: string, kept: readonly VectorVersion[]): Promise<void> {
  const named = new Set(kept.flatMap(shardFileNames));
  const vectors = join(directory, VECTORS_FOLDER);
  for (const embedder of await namesIn(vectors)) {
    const folder = join(vectors, embedder);
    const names = await namesIn(folder);
    const strays = names.filter((name) => !named.has(name));
    for (const name of strays) await rm(join(folder, name), { force: true }).catch(() => undefined);
    if (strays.length === names.length) await rmdir(folder).catch(() => undefined);
  }
}

function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}
