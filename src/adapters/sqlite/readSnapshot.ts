import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { FileRecord, IndexSnapshot } from '../../core/indexing/records.ts';
import { numberIn, textIn } from './columns.ts';
import { readVectorSets } from './readVectorSets.ts';

/** A page takes a millisecond or two; what else runs on this thread gets its turn between pages. */
const PAGE_ROWS = 1000;

/** Reads the manifest's state; `database` must be within one read transaction throughout. */
export async function readSnapshot(database: DatabaseSync): Promise<IndexSnapshot> {
  const state = database.prepare('SELECT generation, recipe, complete FROM state').get();
  return {
    generation: Number(state?.['generation'] ?? 0),
    files: await readFiles(database),
    vectors: readVectorSets(database),
    recipe: String(state?.['recipe'] ?? ''),
    complete: state?.['complete'] === 1,
  };
}

async function readFiles(database: DatabaseSync): Promise<ReadonlyMap<string, FileRecord>> {
  const files = new Map<string, FileRecord>();
  // Pages by key: `all` is half again as fast as `iterate`, and no statement is left open between turns.
  const page = database.prepare(
    `SELECT path, size, modified_ms, hash, chunk_count, segment FROM files WHERE path > ? ORDER BY path LIMIT ${PAGE_ROWS}`,
  );
  for (let last = ''; ;) {
    const rows = page.all(last);
    for (const row of rows) {
      const record = toFileRecord(row);
      files.set(record.path, record);
      last = record.path;
    }
    if (rows.length < PAGE_ROWS) return files;
    await nextTurn();
  }
}

function toFileRecord(row: Record<string, SQLOutputValue>): FileRecord {
  return {
    path: textIn(row, 'path'),
    size: numberIn(row, 'size'),
    modifiedMs: numberIn(row, 'modified_ms'),
    hash: textIn(row, 'hash'),
    chunkCount: numberIn(row, 'chunk_count'),
    segment: textIn(row, 'segment'),
  };
}
