import { commands } from 'vscode';
import type { EvaluationReport } from '../../protocol/evaluation.ts';
import { contextKeys } from '../contributions.ts';

/** The report on one folder. */
export interface FolderEvaluation {
  readonly name: string;
  /** Absolute path. */
  readonly root: string;
  readonly report: EvaluationReport;
}

/** The evaluation that runs and the last report, in step with the context keys that enable the commands. */
export class EvaluationState {
  #last: FolderEvaluation | undefined;
  #running: AbortController | undefined;

  /** The last one that measured anything. */
  get last(): FolderEvaluation | undefined {
    return this.#last;
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  /** Runs one evaluation at a time: `undefined` while there is another. */
  async run(
    work: (abort: AbortController) => Promise<FolderEvaluation>,
  ): Promise<FolderEvaluation | undefined> {
    if (this.#running) return undefined;
    const abort = new AbortController();
    this.#running = abort;
    setContext(contextKeys.evaluating, true);
    try {
      const evaluation = await work(abort);
      if (evaluation.report.cases > 0) {
        this.#last = evaluation;
        setContext(contextKeys.evaluated, true);
      }
      return evaluation;
    } finally {
      this.#running = undefined;
      setContext(contextKeys.evaluating, false);
    }
  }

  cancel(): void {
    this.#running?.abort();
  }

  dispose(): void {
    this.cancel();
  }
}

function setContext(key: string, value: boolean): void {
  void commands.executeCommand('setContext', key, value);
}
