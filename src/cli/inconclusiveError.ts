import { TouchstoneError } from '../core/errors/touchstoneError.ts';

/** Too many cases of an evaluation met errors that say nothing about quality. Exit code 1. */
export class InconclusiveError extends TouchstoneError {
  override readonly name = 'InconclusiveError';
  readonly code = 'inconclusive';
}
