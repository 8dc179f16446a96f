import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { storageError } from '../durable/storageError.ts';
import { ForeignDatabaseError } from './foreignDatabaseError.ts';

/** What a database file of ours must be. */
export interface DatabaseFormat {
  /** Stored in the file's header: tells our files from any other SQLite database. */
  readonly applicationId: number;
  /** Changes with the tables. */
  readonly version: number;
  readonly createSql: string;
}

/**
 * Opens the database, creating it and its folder when missing, in write-ahead mode: readers and the writer never
 * wait for each other. Throws `ForeignDatabaseError` for one of another kind or version, which stays untouched.
 */
export function openDatabase(file: string, format: DatabaseFormat): DatabaseSync {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  } catch (error) {
    throw storageError(error, dirname(file));
  }
  const database = new DatabaseSync(file);
  try {
    const isNew = isEmpty(database, format);
    // NORMAL: a commit survives the death of the process at once; `SqliteFile.sync` makes it survive a power failure.
    database.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA journal_size_limit = 4194304',
    );
    if (isNew) create(database, format);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** True for a database in which nothing has ever been created. */
function isEmpty(database: DatabaseSync, { applicationId, version }: DatabaseFormat): boolean {
  const id = pragma(database, 'application_id');
  const found = pragma(database, 'user_version');
  if (id === applicationId && found === version) return false;
  if (id === 0 && found === 0 && pragma(database, 'schema_version') === 0) return true;
  throw new ForeignDatabaseError(
    id === applicationId
      ? `written in version ${found}, this is version ${version}`
      : 'not written by Touchstone',
  );
}

function create(database: DatabaseSync, format: DatabaseFormat): void {
  database.exec('BEGIN IMMEDIATE');
  // Another process may have created it meanwhile.
  if (isEmpty(database, format)) {
    database.exec(
      `${format.createSql}; PRAGMA application_id = ${format.applicationId}; PRAGMA user_version = ${format.version}`,
    );
  }
  database.exec('COMMIT');
}

function pragma(database: DatabaseSync, name: string): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name] ?? 0);
}
