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

/** A path leads out of the workspace folder, by itself or through a link. */
export class PathOutsideError extends TouchstoneError {
  override readonly name = 'PathOutsideError';
  readonly code = 'path-outside';

  constructor(path: string) {
    super(`${path} lies outside of the workspace folder. Open the folder it belongs to.`);
  }
}

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
