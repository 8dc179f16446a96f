import { TouchstoneError } from './touchstoneError.ts';

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
