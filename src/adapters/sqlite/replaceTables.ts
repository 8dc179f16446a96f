import type { DatabaseSync } from 'node:sqlite';
import { createTables, stateOf, type DatabaseFormat } from './databaseFormat.ts';

/** Told that the tables of an older version have been replaced by empty ones, in the transaction that does so. */
export type OnOutdated = (database: DatabaseSync) => void;

/**
 * Turns a database of an older version into an empty one of this version, in one transaction: whoever has the file open
 * sees one or the other, and no copy stays behind.
 */
export function replaceTables(
  database: DatabaseSync,
  format: DatabaseFormat,
  onOutdated: OnOutdated = () => undefined,
): void {
  database.exec('PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE');
  // Another process may have replaced them meanwhile.
  if (stateOf(database, format) === 'older') {
    for (const name of tableNames(database)) database.exec(`DROP TABLE "${name.replaceAll('"', '""')}"`);
    createTables(database, format);
    onOutdated(database);
  }
  database.exec('COMMIT; PRAGMA foreign_keys = ON');
}

/** Those of SQLite itself are left out, for they cannot be dropped. */
function tableNames(database: DatabaseSync): readonly string[] {
  const rows = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  return rows.map(({ name }) => String(name)).filter((name) => !name.startsWith('sqlite_'));
}
