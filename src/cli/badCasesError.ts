import { TouchstoneError } from '../core/errors/touchstoneError.ts';

/** Some cases of a batch could not be asked; all others were. Exit code 1. */
export class BadCasesError extends TouchstoneError {
  override readonly name = 'BadCasesError';
  readonly code = 'bad-cases';

  constructor(bad: number, all: number) {
    super(`${bad} of ${all} cases make no sense. Each has an 'error' in its line that says why.`);
  }
}
