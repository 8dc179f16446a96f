import { TouchstoneError } from './touchstoneError.ts';

/** `missing`, `older`, `newer`: nothing that this version can read is there. */
export type StoreProblem =
  'read-only' | 'unreadable' | 'full' | 'unusable' | 'closed' | 'missing' | 'older' | 'newer';

const MESSAGES: Readonly<Record<StoreProblem, (place: string) => string>> = {
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
};

/** What is stored may be fine, but it cannot be reached or added to now. Nothing that was committed is lost. */
export class StoreUnavailableError extends TouchstoneError {
  override readonly name = 'StoreUnavailableError';
  readonly code: `store-${StoreProblem}`;

  /** `place` is the file or folder that could not be used. */
  constructor(problem: StoreProblem, place: string, options?: { readonly cause?: unknown }) {
    super(MESSAGES[problem](place), options);
    this.code = `store-${problem}`;
  }
}
