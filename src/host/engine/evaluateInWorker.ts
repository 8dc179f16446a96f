import type { EvaluationProgress } from '../../evals/evaluation.ts';
import type { Logger } from '../../core/ports/runtime.ts';
import type {
  EvaluationHost,
  EvaluationReport,
  EvaluationRequest,
  EvaluationService,
} from '../../protocol/evaluation.ts';
import { connect } from '../../protocol/rpc/connection.ts';
import { EvaluationStoppedError } from './evaluationStoppedError.ts';
import type { WorkerLink } from './supervisor.ts';

export interface EvaluateOptions {
  readonly start: () => WorkerLink;
  readonly onProgress: (progress: EvaluationProgress) => void;
  /** Ends the worker at once. */
  readonly signal: AbortSignal;
  readonly log: Logger;
}

/** Evaluates in a worker of its own, which has ended when this settles. */
export async function evaluateInWorker(
  request: EvaluationRequest,
  { start, onProgress, signal, log }: EvaluateOptions,
): Promise<EvaluationReport> {
  signal.throwIfAborted();
  const link = start();
  const host: EvaluationHost = {
    log: (level, message, details) => {
      log[level](message, details);
    },
    evaluationProgress: onProgress,
  };
  const connection = connect<EvaluationService>(link, {
    kinds: {},
    serve: () => host,
    onEventError: (error, method) => {
      log.error(`${method} of the evaluation worker could not be handled`, error);
    },
  });
  link.onExit((reason) => {
    if (!connection.isClosed) log.error('The evaluation worker has stopped', reason);
    connection.close(new EvaluationStoppedError(reason));
  });
  const stop = () => {
    connection.close(signal.reason as Error);
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await connection.remote.evaluate(request);
  } finally {
    signal.removeEventListener('abort', stop);
    connection.close(new EvaluationStoppedError('it is done'));
    await link.terminate();
  }
}
