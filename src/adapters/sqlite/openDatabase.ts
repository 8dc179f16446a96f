import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { makeFolder, PRIVATE } from '../durable/makeFolder.ts';
import { assertOwnDatabase } from './ownDatabase.ts';
import {
  canMigrate,
  createTables,
  foreign,
  migrateTables,
  stateOf,
  type DatabaseFormat,
} from './databaseFormat.ts';
import { replaceTables, type OnOutdated } from './replaceTables.ts';

/**
 * Opens the database, creating it and its folder when missing, in write-ahead mode: readers and the writer never
 * wait for each other. One of an older version is migrated when the format says how, and with `onOutdated` emptied and made
 * anew. Throws `ForeignDatabaseError` for any other of another kind or version, which stays untouched.
 */
export function openDatabase(file: string, format: DatabaseFormat, onOutdated?: OnOutdated): DatabaseSync {
  makeFolder(dirname(file), PRIVATE);
  assertOwnDatabase(file);
  const database = new DatabaseSync(file);
  try {
    const state = stateOf(database, format);
    if (state === 'newer' || state === 'other') throw foreign(database, state, format);
    const isMigrated = canMigrate(database, format);
    if (state === 'older' && !isMigrated && !onOutdated) throw foreign(database, state, format);
    useWriteAheadLog(database);
    if (state === 'empty') create(database, format);
    if (isMigrated) migrateTables(database, format);
    else if (state === 'older') replaceTables(database, format, onOutdated);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** NORMAL: a commit survives the death of the process at once; `SqliteFile.sync` makes it survive a power failure. */
function useWriteAheadLog(database: DatabaseSync): void {
  database.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA journal_size_limit = 4194304',
  );
}

function create(database: DatabaseSync, format: DatabaseFormat): void {
  database.exec('BEGIN IMMEDIATE');
  // Another process may have created it meanwhile.
  if (stateOf(database, format) === 'empty') createTables(database, format);
  database.exec('COMMIT');
}
