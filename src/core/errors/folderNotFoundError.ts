import { TouchstoneError } from './touchstoneError.ts';

/** The folder to work on is missing or is not a folder. */
export class FolderNotFoundError extends TouchstoneError {
  override readonly name = 'FolderNotFoundError';
  readonly code = 'folder-not-found';
  readonly folder: string;

  constructor(folder: string, options?: { readonly cause?: unknown }) {
    super(`There is no folder at ${folder}. Check the path and that it may be read.`, options);
    this.folder = folder;
  }
}
