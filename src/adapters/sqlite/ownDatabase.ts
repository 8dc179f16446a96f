import { assertOwnFile, type OwnPlaceOptions } from '../durable/ownPlace.ts';

/** How the names end of what SQLite writes beside a database. */
const BESIDE = ['', '-wal', '-shm', '-journal'] as const;

/**
 * To be called before a database is opened, because SQLite follows links: throws a `StoreUnavailableError` unless the file
 * and all that SQLite would put beside it are the user's own files or missing.
 */
export function assertOwnDatabase(file: string, options?: OwnPlaceOptions): void {
  for (const end of BESIDE) assertOwnFile(`${file}${end}`, options);
}
