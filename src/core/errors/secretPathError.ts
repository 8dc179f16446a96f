import { TouchstoneError } from './touchstoneError.ts';

/** A file that holds credentials was asked for. */
export class SecretPathError extends TouchstoneError {
  override readonly name = 'SecretPathError';
  readonly code = 'secret-path';

  constructor(path: string) {
    super(
      `${path} is a file for credentials, which Touchstone never reads or sends. Open it yourself to see it.`,
    );
  }
}
