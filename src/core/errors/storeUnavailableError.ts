import { TouchstoneError } from './touchstoneError.ts';

export type StoreProblem = 'read-only' | 'full' | 'unusable' | 'closed';

const MESSAGES: Readonly<Record<StoreProblem, (place: string) => string>> = {
  'read-only': (place) => `${place} cannot be written. Allow writing there, or keep the data somewhere else.`,
  full: (place) => `There is no space left to write ${place}. Free some disk space, then try again.`,
  unusable: (place) =>
    `${place} cannot be used. Check that its folder exists, may be written and is on a sound disk.`,
  closed: (place) => `${place} has been closed.`,
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
