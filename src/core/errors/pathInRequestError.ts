import { TouchstoneError } from './touchstoneError.ts';

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
