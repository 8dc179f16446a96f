import { readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseShardFileName, VECTORS_FOLDER } from './shardFolder.ts';

/**
 * Deletes, in the store at `directory`, every stored shard for which `isKept` is false and every half-written file, of
 * all embedders. Only the store's writer may do so. What cannot be deleted now is left to the next sweep.
 */
export async function sweepShards(
  directory: string,
  isKept: (shard: number, version: number) => boolean,
): Promise<void> {
  const vectors = join(directory, VECTORS_FOLDER);
  for (const embedder of await namesIn(vectors)) {
    const folder = join(vectors, embedder);
    const names = await namesIn(folder);
    const strays = names.filter((name) => {
      const parsed = parseShardFileName(name);
      return parsed === undefined || !isKept(parsed.shard, parsed.version);
    });
    for (const name of strays) await rm(join(folder, name), { force: true }).catch(() => undefined);
    if (strays.length === names.length) await rmdir(folder).catch(() => undefined);
  }
}

function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}
