import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { StoreUnavailableError } from '../../core/errors/storeErrors.ts';
import { readingError } from '../durable/storageError.ts';
import { copyInMemory } from './copyInMemory.ts';
import { foreign, stateOf, type DatabaseFormat } from './databaseFormat.ts';
import { isUnwritable } from './sqliteError.ts';

export interface ReadOnlyDatabase {
  readonly database: DatabaseSync;
  /** It shows the file as it was when it was opened: to be opened anew for the next look at it. */
  readonly isImmutable: boolean;
}

/**
 * Opens a database that is there, for reading only, also where nothing can be written: not even the files that SQLite
 * puts beside it while it is open. Throws a `StoreUnavailableError` when there is none and a `ForeignDatabaseError` for
 * one of another kind or version.
 */
export function openReadOnly(file: string, format: DatabaseFormat): ReadOnlyDatabase {
  if (sizeOf(file) === 0) throw new StoreUnavailableError('missing', dirname(file));
  try {
    // A connection that may write takes away on closing what SQLite puts beside the file; a read-only one leaves it there.
    return { database: checked(new DatabaseSync(file), file, format), isImmutable: false };
  } catch (error) {
    if (!isUnwritable(error)) throw error;
  }
  // A log that is not empty holds a part of what was committed.
  if (sizeOf(`${file}-wal`) > 0) {
    return { database: checked(copyInMemory(file), file, format), isImmutable: true };
  }
  return {
    database: checked(new DatabaseSync(immutable(file), { readOnly: true }), file, format),
    isImmutable: true,
  };
}

/** See https://www.sqlite.org/uri.html#uriimmutable. */
function immutable(file: string): URL {
  const url = pathToFileURL(file);
  url.searchParams.set('immutable', '1');
  return url;
}

function checked(database: DatabaseSync, file: string, format: DatabaseFormat): DatabaseSync {
  try {
    const standing = stateOf(database, format);
    if (standing === 'empty') throw new StoreUnavailableError('missing', dirname(file));
    if (standing !== 'current') throw foreign(database, standing, format);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function sizeOf(file: string): number {
  try {
    return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  } catch (error) {
    throw readingError(error, file);
  }
}
