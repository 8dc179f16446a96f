import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { StoreUnavailableError } from '../../core/errors/storeErrors.ts';
import { readingError } from '../durable/storageError.ts';
import { copyInMemory } from './copyInMemory.ts';
import { canMigrate, foreign, migrateTables, type DatabaseFormat, stateOf } from './databaseFormat.ts';
import { assertOwnDatabase } from './ownDatabase.ts';
import { isUnwritable } from './sqliteError.ts';

export interface ReadOnlyDatabase {
  readonly database: DatabaseSync;
  /** It shows the file as it was when it was opened: to be opened anew for the next look at it. */
  readonly isImmutable: boolean;
}

/**
 * Opens a database that is there, for reading only, also where nothing can be written: not even the files that SQLite
 * puts beside it while it is open. One of an older version that can be migrated is copied into memory for that. Throws a
 * `StoreUnavailableError` when there is none and a `ForeignDatabaseError` for any other of another kind or version.
 */
export function openReadOnly(file: string, format: DatabaseFormat): ReadOnlyDatabase {
  assertOwnDatabase(file, { mayBeForeign: true });
  if (sizeOf(file) === 0) throw new StoreUnavailableError('missing', dirname(file));
  try {
    // A connection that may write takes away on closing what SQLite puts beside the file; a read-only one leaves it there.
    return inThisFormat({ database: new DatabaseSync(file), isImmutable: false }, file, format);
  } catch (error) {
    if (!isUnwritable(error)) throw error;
  }
  // A log that is not empty holds a part of what was committed.
  if (sizeOf(`${file}-wal`) > 0) return { database: copyOf(file, format), isImmutable: true };
  const database = new DatabaseSync(immutable(file), { readOnly: true });
  return inThisFormat({ database, isImmutable: true }, file, format);
}

/** The database itself, or a copy of one of an older version where a way leads from there. */
function inThisFormat(opened: ReadOnlyDatabase, file: string, format: DatabaseFormat): ReadOnlyDatabase {
  const { database } = opened;
  try {
    if (!canMigrate(database, format)) return { ...opened, database: checked(database, file, format) };
  } catch (error) {
    database.close();
    throw error;
  }
  database.close();
  return { database: copyOf(file, format), isImmutable: true };
}

/** A copy in memory, in this version's format. It takes no writes, which would be lost. */
function copyOf(file: string, format: DatabaseFormat): DatabaseSync {
  const copy = copyInMemory(file);
  try {
    if (canMigrate(copy, format)) migrateTables(copy, format);
    copy.exec('PRAGMA query_only = ON');
    return checked(copy, file, format);
  } catch (error) {
    copy.close();
    throw error;
  }
}

/** See https://www.sqlite.org/uri.html#uriimmutable. */
function immutable(file: string): URL {
  const url = pathToFileURL(file);
  url.searchParams.set('immutable', '1');
  return url;
}

function checked(database: DatabaseSync, file: string, format: DatabaseFormat): DatabaseSync {
  const state = stateOf(database, format);
  if (state === 'empty') throw new StoreUnavailableError('missing', dirname(file));
  if (state !== 'current') throw foreign(database, state, format);
  return database;
}

function sizeOf(file: string): number {
  try {
    return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  } catch (error) {
    throw readingError(error, file);
  }
}
