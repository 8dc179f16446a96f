import { TouchstoneError } from '../core/errors/touchstoneError.ts';

/** An evaluation does not pass against its baseline. Exit code 1. */
export class BaselineNotMetError extends TouchstoneError {
  override readonly name = 'BaselineNotMetError';
  readonly code = 'baseline-not-met';

  constructor(objections: readonly string[]) {
    super(`${objections.join('\n')}\nMend what changed, or review it and accept it with --update-baseline.`);
  }
}
