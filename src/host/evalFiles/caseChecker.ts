import type { CaseProblem } from '../../evals/authored/caseProblem.ts';
import type { Logger } from '../../core/ports/runtime.ts';
import type { CaseFileToCheck, EvaluationHost, EvaluationService } from '../../protocol/evaluation.ts';
import { connect, type Connection } from '../../protocol/rpc/connection.ts';
import { EvaluationStoppedError } from '../engine/evaluationStoppedError.ts';
import type { WorkerLink } from '../engine/supervisor.ts';

interface Running {
  readonly link: WorkerLink;
  readonly connection: Connection<EvaluationService>;
}

/** Checks files of cases in a worker that runs from the first check until `rest`. */
export class CaseChecker {
  readonly #start: () => WorkerLink;
  readonly #log: Logger;
  #running: Running | undefined;

  constructor(start: () => WorkerLink, log: Logger) {
    this.#start = start;
    this.#log = log;
  }

  /** Rejects when the worker ends meanwhile; the next check starts another. */
  check(file: CaseFileToCheck): Promise<readonly CaseProblem[]> {
    this.#running ??= this.#run();
    return this.#running.connection.remote.checkCases(file);
  }

  /** Ends the worker, if any. */
  async rest(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    running?.connection.close(new EvaluationStoppedError('nothing is left to check'));
    await running?.link.terminate();
  }

  #run(): Running {
    const link = this.#start();
    const host: EvaluationHost = {
      log: (level, message, details) => {
        this.#log[level](message, details);
      },
      evaluationProgress: () => undefined,
    };
    const connection = connect<EvaluationService>(link, {
      kinds: {},
      serve: () => host,
      onEventError: (error, method) => {
        this.#log.error(`${method} of the evaluation worker could not be handled`, error);
      },
    });
    const running = { link, connection };
    link.onExit((reason) => {
      if (this.#running === running) this.#running = undefined;
      connection.close(new EvaluationStoppedError(reason));
    });
    return running;
  }
}
