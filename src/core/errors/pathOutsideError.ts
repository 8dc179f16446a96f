import { TouchstoneError } from './touchstoneError.ts';

/** A path leads out of the workspace folder, by itself or through a link. */
export class PathOutsideError extends TouchstoneError {
  override readonly name = 'PathOutsideError';
  readonly code = 'path-outside';

  constructor(path: string) {
    super(`${path} lies outside of the workspace folder. Open the folder it belongs to.`);
  }
}
