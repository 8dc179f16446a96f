import { TouchstoneError } from './touchstoneError.ts';

/** Another process holds what is stored for writing and did not let go in time. */
export class StoreBusyError extends TouchstoneError {
  override readonly name = 'StoreBusyError';
  readonly code = 'store-busy';

  /** `holder` describes the other process, for example `process 4711`. */
  constructor(holder: string, options?: { readonly cause?: unknown }) {
    super(
      `What is stored is being written by ${holder}. Wait until it has finished, then try again.`,
      options,
    );
  }
}

/** A part of the stored index is missing or does not hold what was written. Rebuilding the index repairs it. */
export class StoreCorruptError extends TouchstoneError {
  override readonly name = 'StoreCorruptError';
  readonly code = 'store-corrupt';
  /** What is damaged, for example `segment 12` or `manifest`. */
  readonly part: string;

  constructor(part: string, problem: string, options?: { readonly cause?: unknown }) {
    super(`The stored index is damaged (${part}: ${problem}). Rebuild the index to repair it.`, options);
    this.part = part;
  }
}

/**
 * `missing`, `older`, `newer`: nothing that this version can read is there. `linked`, `foreign`, `exposed`: somebody else
 * decides, or could, what is read, written and deleted there.
 */
export type StoreProblem =
  | 'read-only'
  | 'unreadable'
  | 'full'
  | 'unusable'
  | 'closed'
  | 'missing'
  | 'older'
  | 'newer'
  | 'linked'
  | 'foreign'
  | 'exposed';

const UNAVAILABLE_MESSAGES: Readonly<Record<StoreProblem, (place: string) => string>> = {
  'read-only': (place) => `${place} cannot be written. Allow writing there, or keep the data somewhere else.`,
  unreadable: (place) => `${place} may not be read. Allow reading it, or keep the data somewhere else.`,
  full: (place) => `There is no space left to write ${place}. Free some disk space, then try again.`,
  unusable: (place) =>
    `${place} cannot be used. Check that its folder exists, may be written and is on a sound disk.`,
  closed: (place) => `${place} has been closed.`,
  missing: (place) => `There is nothing stored in ${place} yet.`,
  older: (place) =>
    `What is in ${place} was stored by an older version of Touchstone, which this one does not read.`,
  newer: (place) =>
    `What is in ${place} was stored by a newer version of Touchstone and is left alone. Update this one, or delete it to begin anew.`,
  linked: (place) =>
    `${place} is a link, has replaced what was there, or has another name elsewhere. Nothing is read, written or deleted through it. Remove it, or keep the data somewhere else.`,
  foreign: (place) =>
    `${place} belongs to another user, so it is not used. Remove it, or keep the data somewhere else.`,
  exposed: (place) =>
    `${place} may be written by other users, so it is not used. Take that permission away (chmod go-w), or keep the data somewhere else.`,
};

/** What is stored may be fine, but it cannot be reached or added to now. Nothing that was committed is lost. */
export class StoreUnavailableError extends TouchstoneError {
  override readonly name = 'StoreUnavailableError';
  readonly code: `store-${StoreProblem}`;

  /** `place` is the file or folder that could not be used. */
  constructor(problem: StoreProblem, place: string, options?: { readonly cause?: unknown }) {
    super(UNAVAILABLE_MESSAGES[problem](place), options);
    this.code = `store-${problem}`;
  }
}

/** A memory image does not hold what was written. It is a cache: everything in it can be made again from the index. */
export class ImageCorruptError extends TouchstoneError {
  override readonly name = 'ImageCorruptError';
  readonly code = 'image-corrupt';

  constructor(problem: string, options?: { readonly cause?: unknown }) {
    super(`The memory image of the index is damaged (${problem}). It is made anew.`, options);
  }
}

/** Nothing is indexed of a folder that is to be read as it is. */
export class NotIndexedError extends TouchstoneError {
  override readonly name = 'NotIndexedError';
  readonly code = 'not-indexed';

  constructor(root: string, cause?: unknown) {
    super(`${root} is not indexed.${cause instanceof Error ? ` ${cause.message}` : ''}`, { cause });
  }
}
