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

/** Something other than a file that holds what was written into it: a link, a folder, a pipe, a socket or a device. */
export class NotRegularFileError extends TouchstoneError {
  override readonly name = 'NotRegularFileError';
  readonly code: 'not-regular' | 'link';

  constructor(path: string, isLink: boolean) {
    super(
      isLink
        ? `${path} is a link, which is not followed here. Put the file itself in its place.`
        : `${path} is not a regular file. Put one in its place, or remove it.`,
    );
    this.code = isLink ? 'link' : 'not-regular';
  }
}

/** A file is larger than anything that is read for its purpose. */
export class FileTooLargeError extends TouchstoneError {
  override readonly name = 'FileTooLargeError';
  readonly code = 'too-large';

  constructor(path: string, maxBytes: number) {
    super(`${path} has more than ${maxBytes} bytes, the most that is read of such a file. Make it smaller.`);
  }
}

/** A file could not be read in time. */
export class SlowFileError extends TouchstoneError {
  override readonly name = 'SlowFileError';
  readonly code = 'slow-file';

  constructor(path: string, deadlineMs: number) {
    super(
      `${path} could not be read within ${deadlineMs / 1000} s. Check the disk or the network that it is on.`,
    );
  }
}

/** What git leaves out of a folder is said in more rules than are tried on every path. */
export class TooManyRulesError extends TouchstoneError {
  override readonly name = 'TooManyRulesError';
  readonly code = 'too-many-rules';

  constructor(folder: string, most: number) {
    super(
      `Git's ignore rules for ${folder}, above it and for all repositories, are more than ${most}, the most that are taken. Use fewer.`,
    );
  }
}

/** The file in which git keeps what it tracks is not as git writes it. */
export class DamagedGitIndexError extends TouchstoneError {
  override readonly name = 'DamagedGitIndexError';
  readonly code = 'git-index';

  constructor(part: string) {
    super(
      `Git's index cannot be read: its ${part} make no sense. Run git status to see what git says of it.`,
    );
  }
}
