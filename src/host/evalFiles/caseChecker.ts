import type { CaseProblem } from '../../evals/authored/caseProblem.ts';
import type { Logger } from '../../core/ports/runtime.ts';
import type { CaseFileToCheck, EvaluationHost, EvaluationService } from '../../protocol/evaluation.ts';
import { connectRpc } from '../engine/connectRpc.ts';
import { EvaluationStoppedError } from '../engine/evaluationStoppedError.ts';
import type { WorkerLink } from '../engine/workerLink.ts';

interface Running {
  readonly link: WorkerLink;
  readonly rpc: ReturnType<typeof connectRpc<EvaluationService, EvaluationHost>>;
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
    return this.#running.rpc.checkCases(file);
  }

  /** Ends the worker, if any. */
  async rest(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    running?.rpc.$close();
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
    const rpc = connectRpc<EvaluationService, EvaluationHost>(link, host, []);
    const running = { link, rpc };
    link.onExit((reason) => {
      if (this.#running === running) this.#running = undefined;
      if (!rpc.$closed) rpc.$close(new EvaluationStoppedError(reason));
    });
    return running;
  }
}
