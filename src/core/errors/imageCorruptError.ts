import { TouchstoneError } from './touchstoneError.ts';

/** A memory image does not hold what was written. It is a cache: everything in it can be made again from the index. */
export class ImageCorruptError extends TouchstoneError {
  override readonly name = 'ImageCorruptError';
  readonly code = 'image-corrupt';

  constructor(problem: string, options?: { readonly cause?: unknown }) {
    super(`The memory image of the index is damaged (${problem}). It is made anew.`, options);
  }
}
