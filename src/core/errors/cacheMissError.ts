import { TouchstoneError } from './touchstoneError.ts';

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
