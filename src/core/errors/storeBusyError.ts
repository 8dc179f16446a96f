import { TouchstoneError } from './touchstoneError.ts';

/** Another process holds the index for writing and did not let go in time. */
export class StoreBusyError extends TouchstoneError {
  override readonly name = 'StoreBusyError';
  readonly code = 'store-busy';

  /** `holder` describes the other process, for example `process 4711`. */
  constructor(holder: string, options?: { readonly cause?: unknown }) {
    super(`The index is being written by ${holder}. Wait until it has finished, then try again.`, options);
  }
}
