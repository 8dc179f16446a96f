import { TouchstoneError } from './touchstoneError.ts';

/** A baseline that cannot be read, written or compared with. */
export class BaselineUnusableError extends TouchstoneError {
  override readonly name = 'BaselineUnusableError';
  readonly code = 'baseline-unusable';
}
