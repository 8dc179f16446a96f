import type { EvaluationProgress } from '../../evals/evaluation.ts';
import type { Clock, Logger } from '../../core/ports/runtime.ts';
import type {
  EvaluationHost,
  EvaluationReport,
  EvaluationRequest,
  EvaluationService,
} from '../../protocol/evaluation.ts';
import { connect } from '../../protocol/rpc/connection.ts';
import { EvaluationStoppedError, SILENT } from './evaluationStoppedError.ts';
import type { WorkerLink } from './supervisor.ts';
import { Watchdog } from './watchdog.ts';

export interface EvaluateOptions {
  readonly start: () => WorkerLink;
  readonly onProgress: (progress: EvaluationProgress) => void;
  /** Ends the worker at once. */
  readonly signal: AbortSignal;
  readonly log: Logger;
  readonly clock: Clock;
}

/** Ten minutes: an evaluation has longer steps than a question. */
export const MOST_SILENT_LOOKS = 60;

/** Evaluates in a worker of its own, which has ended when this settles. One that falls silent is ended. */
export async function evaluateInWorker(
  request: EvaluationRequest,
  { start, onProgress, signal, log, clock }: EvaluateOptions,
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
  const watchdog = new Watchdog({
    clock,
    mostSilentLooks: MOST_SILENT_LOOKS,
    ask: () => connection.remote.ping(),
    end: () => {
      log.error('The evaluation worker fell silent and was ended');
      connection.close(new EvaluationStoppedError(SILENT));
    },
  });
  link.onMessage(() => {
    watchdog.heard();
  });
  try {
    return await connection.remote.evaluate(request);
  } finally {
    watchdog.stop();
    signal.removeEventListener('abort', stop);
    connection.close(new EvaluationStoppedError('it is done'));
    await link.terminate();
  }
}
