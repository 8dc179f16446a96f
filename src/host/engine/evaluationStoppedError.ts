import { TouchstoneError } from '../../core/errors/touchstoneError.ts';

/** The reason of a worker that was ended since it said nothing any more. */
export const SILENT = 'fell silent';

/** The worker ended before the evaluation did. */
export class EvaluationStoppedError extends TouchstoneError {
  override readonly name = 'EvaluationStoppedError';
  readonly code = 'evaluation-stopped';

  /** @param reason why the thread ended, as its link says */
  constructor(reason: string) {
    super(messageOf(reason), { cause: reason });
  }
}

function messageOf(reason: string): string {
  if (reason === SILENT)
    return 'The evaluation did not get done with something in this folder and was ended. Open a smaller folder, such as one package of this workspace, and evaluate that.';
  return reason.includes('memory limit')
    ? 'The evaluation ran out of memory. Open a smaller folder, such as one package of this workspace, and evaluate that.'
    : 'The evaluation stopped unexpectedly. Nothing else is affected; the log says why.';
}
