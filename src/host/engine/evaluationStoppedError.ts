import { TouchstoneError } from '../../core/errors/touchstoneError.ts';

/** The worker ended before the evaluation did. */
export class EvaluationStoppedError extends TouchstoneError {
  override readonly name = 'EvaluationStoppedError';
  readonly code = 'evaluation-stopped';

  /** @param reason why the thread ended, as its link says */
  constructor(reason: string) {
    super(
      reason.includes('memory limit')
        ? 'The evaluation ran out of memory. Open a smaller folder, such as one package of this workspace, and evaluate that.'
        : 'The evaluation stopped unexpectedly. Nothing else is affected; the log says why.',
      { cause: reason },
    );
  }
}
