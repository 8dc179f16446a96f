import { TouchstoneError } from './touchstoneError.ts';

/** A baseline that cannot be read, written or compared with. */
export class BaselineUnusableError extends TouchstoneError {
  override readonly name = 'BaselineUnusableError';
  readonly code = 'baseline-unusable';
}

/** An evaluation that may only replay met a request that was never recorded. */
export class CacheMissError extends TouchstoneError {
  override readonly name = 'CacheMissError';
  readonly code = 'cache-miss';

  /** `nearest`: the request recorded that is most like it, and what differs, line by line. */
  constructor(caseId: string, nearest: { readonly caseId: string; readonly difference: string } | undefined) {
    const comparison = nearest
      ? `The nearest recorded request is of case ${nearest.caseId} (- recorded, + asked now):\n${nearest.difference}`
      : 'Nothing is recorded yet.';
    super(
      `Case ${caseId} asks the model something that is not recorded. ${comparison}\nUndo the change, or record the answer: run once without --cache require, with the model at hand.`,
    );
  }
}

/** A file of recorded answers cannot be read, for example because a merge left its marks in it. */
export class RecordingsDamagedError extends TouchstoneError {
  override readonly name = 'RecordingsDamagedError';
  readonly code = 'recordings-damaged';

  constructor(file: string, line: number) {
    super(`Line ${line} of ${file} is no recorded answer. Restore the file, or delete it and record anew.`);
  }
}

/** A request of an evaluation holds a path of this machine: on another one, it would never be found again. */
export class PathInRequestError extends TouchstoneError {
  override readonly name = 'PathInRequestError';
  readonly code = 'path-in-request';

  constructor(caseId: string, line: string) {
    super(
      `Case ${caseId} would send a path of this machine to the model, so that its answer could be replayed here only:\n  ${line}\nTake the path out of the file that it comes from, or run with --cache off.`,
    );
  }
}
