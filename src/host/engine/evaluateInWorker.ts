import type { EvaluationProgress } from '../../evals/evaluation.ts';
import type { Logger } from '../../core/ports/runtime.ts';
import type {
  EvaluationHost,
  EvaluationReport,
  EvaluationRequest,
  EvaluationService,
} from '../../protocol/evaluation.ts';
import { cancellable } from './cancellable.ts';
import { connectRpc } from './connectRpc.ts';
import { EvaluationStoppedError } from './evaluationStoppedError.ts';
import type { WorkerLink } from './workerLink.ts';

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
  const rpc = connectRpc<EvaluationService, EvaluationHost>(link, host, []);
  link.onExit((reason) => {
    if (!rpc.$closed) log.error('The evaluation worker has stopped', reason);
    rpc.$close(new EvaluationStoppedError(reason));
  });
  try {
    return await cancellable(
      signal,
      () => rpc.evaluate(request),
      () => undefined,
    );
  } finally {
    rpc.$close();
    await link.terminate();
  }
}
