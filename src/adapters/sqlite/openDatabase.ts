import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { makeFolder, PRIVATE } from '../durable/makeFolder.ts';
import { createTables, foreign, stateOf, type DatabaseFormat } from './databaseFormat.ts';
import { replaceTables, type OnOutdated } from './replaceTables.ts';

/**
 * Opens the database, creating it and its folder when missing, in write-ahead mode: readers and the writer never
 * wait for each other. Throws `ForeignDatabaseError` for one of another kind or version, which stays untouched; with
 * `onOutdated` one of an older version is emptied and made anew.
 */
export function openDatabase(file: string, format: DatabaseFormat, onOutdated?: OnOutdated): DatabaseSync {
  makeFolder(dirname(file), PRIVATE);
  const database = new DatabaseSync(file);
  try {
    const standing = stateOf(database, format);
    if (standing === 'newer' || standing === 'other') throw foreign(database, standing, format);
    if (standing === 'older' && !onOutdated) throw foreign(database, standing, format);
    useWriteAheadLog(database);
    if (standing === 'empty') create(database, format);
    if (standing === 'older') replaceTables(database, format, onOutdated);
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
