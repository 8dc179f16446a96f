import { basename } from 'node:path';
import {
  StoreCorruptError,
  type StoreProblem,
  StoreUnavailableError,
} from '../../core/errors/storeErrors.ts';

const PROBLEMS = new Map<string, StoreProblem>(
  Object.entries({
    ENOSPC: 'full',
    EDQUOT: 'full',
    EFBIG: 'full',
    EROFS: 'read-only',
    EACCES: 'read-only',
    EPERM: 'read-only',
    ENOENT: 'unusable',
    EIO: 'unusable',
    EISDIR: 'unusable',
    ENOTDIR: 'unusable',
    EEXIST: 'unusable',
    ELOOP: 'linked',
    link: 'linked',
    'not-regular': 'unusable',
    'too-large': 'unusable',
    EMFILE: 'unusable',
    ENFILE: 'unusable',
  }),
);

/** The typed form of a file system error met at `place`; anything else comes back as it is. */
export function storageError(error: unknown, place: string): unknown {
  const problem = PROBLEMS.get(errorCode(error) ?? '');
  return problem === undefined ? error : new StoreUnavailableError(problem, place, { cause: error });
}

/** As `storageError`, for a place that was only to be read. */
export function readingError(error: unknown, place: string): unknown {
  const isForbidden = ['EACCES', 'EPERM'].includes(errorCode(error) ?? '');
  return isForbidden
    ? new StoreUnavailableError('unreadable', place, { cause: error })
    : storageError(error, place);
}

/** As `storageError`, for a place whose folder has just been made: if it is missing now, the store was deleted. */
export function storageErrorAt(error: unknown, place: string): unknown {
  if (errorCode(error) !== 'ENOENT') return storageError(error, place);
  return new StoreCorruptError(basename(place), 'its folder was deleted', { cause: error });
}

/** The system's name for what went wrong, for example `ENOENT`; `undefined` for errors of other kinds. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
