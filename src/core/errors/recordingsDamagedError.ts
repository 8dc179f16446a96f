import { TouchstoneError } from './touchstoneError.ts';

/** A file of recorded answers cannot be read, for example because a merge left its marks in it. */
export class RecordingsDamagedError extends TouchstoneError {
  override readonly name = 'RecordingsDamagedError';
  readonly code = 'recordings-damaged';

  constructor(file: string, line: number) {
    super(`Line ${line} of ${file} is no recorded answer. Restore the file, or delete it and record anew.`);
  }
}
