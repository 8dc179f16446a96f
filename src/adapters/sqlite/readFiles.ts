import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { nextTurn } from '../../core/async/timeSlice.ts';
import type { FileRecord, IndexSnapshot } from '../../core/ports/indexStore.ts';
import { checkRow, countIn, DamagedRowError, nameIn, numberIn, pathIn, textIn } from './rowChecksum.ts';

type Files = IndexSnapshot['files'];

/** Files with changes made to them, `undefined` for one that is gone; neither argument changes any more. */
export type WithChanges = (files: Files, changes: ReadonlyMap<string, FileRecord | undefined>) => Files;

export const copyWithChanges: WithChanges = (files, changes) => {
  const copy = new Map(files);
  for (const [path, record] of changes) {
    if (record) copy.set(path, record);
    else copy.delete(path);
  }
  return copy;
};

/** A page takes a millisecond or two; what else runs on this thread gets its turn between pages. */
const PAGE_ROWS = 1000;
const SEGMENT_ID = /^\d{1,16}-[0-9a-f]{24}$/;
/** Of a file and of all together: a hundred times those of the largest folders that there are. */
const MAX_CHUNKS = 2 ** 24;
const SURROGATE = /[\ud800-\udfff]/;

/** Every file of the newest generation. */
export async function readFiles(database: DatabaseSync): Promise<Files> {
  const files = new Map<string, FileRecord>();
  // Pages by key: `all` is half again as fast as `iterate`, and no statement is left open between turns.
  const page = database.prepare(
    `SELECT path, size, modified_ms, hash, chunk_count, segment, checksum FROM files WHERE path > ? ORDER BY path LIMIT ${PAGE_ROWS}`,
  );
  let chunks = 0;
  for (let last = ''; ;) {
    const rows = page.all(last);
    for (const row of rows) {
      const record = toFileRecord(row);
      // A key that is out of its place is found by no statement: it could neither be replaced nor removed.
      if (!isBefore(last, record.path)) throw new DamagedRowError('path');
      chunks += record.chunkCount;
      if (chunks > MAX_CHUNKS) throw new DamagedRowError('chunk_count');
      files.set(record.path, record);
      last = record.path;
    }
    if (rows.length < PAGE_ROWS) return files;
    await nextTurn();
  }
}

/** The same, in another order, from those of an earlier generation whose changes since are all listed. */
export function readChangedFiles(
  database: DatabaseSync,
  { generation, files }: IndexSnapshot,
  withChanges: WithChanges,
): Files {
  const rows = database
    .prepare(
      `SELECT changed.path AS changed, files.* FROM (SELECT DISTINCT path FROM changes WHERE generation > ?) AS changed
        LEFT JOIN files ON files.path = changed.path`,
    )
    .all(generation);
  return withChanges(
    files,
    new Map(
      rows.map((row) => [pathIn(row, 'changed'), row['path'] === null ? undefined : toFileRecord(row)]),
    ),
  );
}

/** In SQLite's order of texts: that of their UTF-8 bytes, which is that of their units unless there are surrogates. */
function isBefore(a: string, b: string): boolean {
  return SURROGATE.test(a) || SURROGATE.test(b) ? Buffer.compare(Buffer.from(a), Buffer.from(b)) < 0 : a < b;
}

function toFileRecord(row: Record<string, SQLOutputValue>): FileRecord {
  const record = {
    path: pathIn(row, 'path'),
    size: countIn(row, 'size'),
    modifiedMs: numberIn(row, 'modified_ms'),
    hash: textIn(row, 'hash'),
    chunkCount: countIn(row, 'chunk_count'),
    segment: nameIn(row, 'segment', SEGMENT_ID),
  };
  const { path, size, modifiedMs, hash, chunkCount, segment } = record;
  // Each chunk has a character of its own.
  if (chunkCount > Math.min(size, MAX_CHUNKS)) throw new DamagedRowError('chunk_count');
  checkRow(row, path, size, modifiedMs, hash, chunkCount, segment);
  return record;
}
