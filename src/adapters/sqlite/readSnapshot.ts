import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DatabaseSync } from 'node:sqlite';
import type { FileRecord, IndexSnapshot } from '../../core/indexing/records.ts';

/** Keeps one step well below a millisecond or two, for the sake of what else runs on this thread. */
const ROWS_PER_TURN = 1000;

/** Reads the manifest's state; `database` must be within one read transaction throughout. */
export async function readSnapshot(database: DatabaseSync): Promise<IndexSnapshot> {
  const state = database.prepare('SELECT generation, recipe, complete FROM state').get();
  const shards: Record<number, number> = {};
  for (const { shard, version } of database.prepare('SELECT shard, version FROM shards').iterate()) {
    shards[Number(shard)] = Number(version);
  }
  return {
    generation: Number(state?.['generation'] ?? 0),
    files: await readFiles(database),
    shards,
    recipe: String(state?.['recipe'] ?? ''),
    complete: state?.['complete'] === 1,
  };
}

async function readFiles(database: DatabaseSync): Promise<ReadonlyMap<string, FileRecord>> {
  const files = new Map<string, FileRecord>();
  const rows = database
    .prepare('SELECT path, size, modified_ms, hash, chunk_count, segment FROM files ORDER BY path')
    .iterate();
  for (const row of rows) {
    // The table is STRICT: SQLite itself vouches for the types.
    const path = row['path'] as string;
    files.set(path, {
      path,
      size: row['size'] as number,
      modifiedMs: row['modified_ms'] as number,
      hash: row['hash'] as string,
      chunkCount: row['chunk_count'] as number,
      segment: row['segment'] as string,
    });
    if (files.size % ROWS_PER_TURN === 0) await nextTurn();
  }
  return files;
}
