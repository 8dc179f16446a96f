import { SerialQueue } from '../../core/async/serialQueue.ts';
import type { Clock, Logger } from '../../core/ports/runtime.ts';
import type { CaseProblem } from '../../evals/authored/caseProblem.ts';
import type { CaseFileToCheck, EvaluationHost, EvaluationService } from '../../protocol/evaluation.ts';
import { connect, type Connection } from '../../protocol/rpc/connection.ts';
import { EvaluationStoppedError, SILENT } from '../engine/evaluationStoppedError.ts';
import type { WorkerLink } from '../engine/supervisor.ts';
import { Watchdog } from '../engine/watchdog.ts';

interface Running {
  readonly link: WorkerLink;
  readonly connection: Connection<EvaluationService>;
  readonly watchdog: Watchdog;
}

/** Workers that may fall silent one after the other, until nothing more is checked. */
const MOST_SILENT = 4;

/**
 * Checks files of cases, one at a time, in a worker that runs from the first check until `rest`. A worker that falls silent
 * is ended, and the text that it was at is not checked again.
 */
export class CaseChecker {
  readonly #start: () => WorkerLink;
  readonly #log: Logger;
  readonly #clock: Clock;
  readonly #checks = new SerialQueue();
  /** By file, the text that a worker never got done with. */
  readonly #aside = new Map<string, string>();
  #silent = 0;
  #running: Running | undefined;

  constructor(start: () => WorkerLink, log: Logger, clock: Clock) {
    this.#start = start;
    this.#log = log;
    this.#clock = clock;
  }

  /** Rejects when the worker ends meanwhile; the next check starts another. */
  check(file: CaseFileToCheck): Promise<readonly CaseProblem[]> {
    return this.#checks.run(() => this.#check(file));
  }

  /** Ends the worker, if any, and forgets what was set aside. */
  async rest(): Promise<void> {
    this.#aside.clear();
    this.#silent = 0;
    await this.#end(new EvaluationStoppedError('nothing is left to check'));
  }

  async #check(file: CaseFileToCheck): Promise<readonly CaseProblem[]> {
    const name = `${file.root}\0${file.path}`;
    if (this.#aside.get(name) === file.text || this.#silent >= MOST_SILENT) return [NEVER_DONE];
    const { connection, watchdog } = (this.#running ??= this.#run());
    try {
      const problems = await connection.remote.checkCases(file);
      this.#silent = 0;
      this.#aside.delete(name);
      return problems;
    } catch (error) {
      if (!watchdog.isSilent) throw error;
      this.#silent++;
      this.#aside.set(name, file.text);
      return [NEVER_DONE];
    }
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
    const watchdog = new Watchdog({
      clock: this.#clock,
      ask: () => connection.remote.ping(),
      end: () => {
        this.#log.error('The worker that checks files of cases fell silent and was ended');
        void this.#end(new EvaluationStoppedError(SILENT));
      },
    });
    const running = { link, connection, watchdog };
    link.onMessage(() => {
      watchdog.heard();
    });
    link.onExit((reason) => {
      watchdog.stop();
      if (this.#running === running) this.#running = undefined;
      connection.close(new EvaluationStoppedError(reason));
    });
    return running;
  }

  async #end(reason: EvaluationStoppedError): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    running?.watchdog.stop();
    running?.connection.close(reason);
    await running?.link.terminate();
  }
}

/** Said in the place of mistakes that nobody knows. */
const NEVER_DONE: CaseProblem = {
  kind: undefined,
  line: 1,
  startColumn: 0,
  endColumn: 1,
  message: 'Looking for mistakes in this file did not get done. It is looked at again when it changes.',
};
