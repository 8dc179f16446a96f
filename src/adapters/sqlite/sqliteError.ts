import { dirname } from 'node:path';
import { type StoreProblem, StoreUnavailableError } from '../../core/errors/storeErrors.ts';
import { DamagedRowError } from './rowChecksum.ts';
import { ForeignDatabaseError } from './foreignDatabaseError.ts';

/** Result codes of https://www.sqlite.org/rescode.html; the low byte of an extended code is its primary code. */
const ERROR = 1;
const BUSY = 5;
const READONLY = 8;
const CORRUPT = 11;
const CANTOPEN = 14;
const PROTOCOL = 15;
const NOTADB = 26;
/** The database was renamed or deleted under the connection: opening it anew is the cure, as for a busy one. */
const READONLY_DBMOVED = 1032;

/** The file of shared memory beside the database could not be made as large as it has to be. */
const IOERR_SHMSIZE = 4874;

const PROBLEMS: Readonly<Record<number, StoreProblem>> = {
  3: 'read-only',
  [READONLY]: 'read-only',
  10: 'unusable',
  13: 'full',
  [CANTOPEN]: 'unusable',
  23: 'unusable',
};

/** The extended result code of an error thrown by `node:sqlite`. */
export function resultCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error)) return undefined;
  return typeof error.errcode === 'number' ? error.errcode : undefined;
}

/** True when another connection is in the way and the same call may succeed in a moment. */
export function isBusy(error: unknown): boolean {
  const code = resultCode(error);
  if (code === undefined) return false;
  return (code & 0xff) === BUSY || (code & 0xff) === PROTOCOL || code === READONLY_DBMOVED;
}

/** True when the file, or what SQLite puts beside it, cannot be written. */
export function isUnwritable(error: unknown): boolean {
  return [READONLY, CANTOPEN].includes((resultCode(error) ?? 0) & 0xff);
}

/** True when nothing can be done with the file but to begin a new one. One of a newer version is none of our business. */
export function isUnusable(error: unknown): boolean {
  if (error instanceof ForeignDatabaseError) return error.origin !== 'newer';
  if (isGarbled(error)) return true;
  const primary = (resultCode(error) ?? 0) & 0xff;
  return primary === CORRUPT || primary === NOTADB;
}

/**
 * True when pages that are all in order hold what nobody wrote: `PRAGMA quick_check` does not see that. Our statements fit
 * our tables, so a table or column that is missing is a damaged definition; we write no number beyond those that JavaScript
 * counts with, for which `node:sqlite` throws.
 */
export function isGarbled(error: unknown): boolean {
  if (error instanceof DamagedRowError) return true;
  if (error instanceof RangeError && 'code' in error && error.code === 'ERR_OUT_OF_RANGE') return true;
  return (
    resultCode(error) === ERROR && /no such (?:table|column)|has no column|malformed JSON/.test(String(error))
  );
}

/**
 * The typed form of an SQLite error met in `file`; anything else comes back as it is. `whole` is what a file of another
 * version is a part of: what a person would delete to begin anew.
 */
export function sqliteFailure(error: unknown, file: string, whole = dirname(file)): unknown {
  if (error instanceof ForeignDatabaseError && error.origin !== 'other') {
    return new StoreUnavailableError(error.origin, whole, { cause: error });
  }
  const code = resultCode(error) ?? 0;
  const problem = code === IOERR_SHMSIZE ? 'full' : PROBLEMS[code & 0xff];
  return problem === undefined ? error : new StoreUnavailableError(problem, file, { cause: error });
}
