import { access, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { commands } from 'vscode';
import type { Logger } from '../../core/ports/runtime.ts';
import { type EvaluationReport, storedEvaluation } from '../../protocol/evaluation.ts';
import { contextKeys } from '../editor/contributions.ts';

/** The evaluation that runs and the last report, in step with the context keys that enable the commands. */
export class EvaluationState {
  readonly #storage: Pick<EvaluationStorage, 'holdsOne' | 'load' | 'save'>;
  readonly #log: Pick<Logger, 'warn'>;
  #last: FolderEvaluation | undefined;
  #hasLast = false;
  #running: AbortController | undefined;

  constructor(storage: Pick<EvaluationStorage, 'holdsOne' | 'load' | 'save'>, log: Pick<Logger, 'warn'>) {
    this.#storage = storage;
    this.#log = log;
  }

  /** Finds out whether there is a report from before the window was loaded; it is read when it is opened. */
  async restore(): Promise<void> {
    if (await this.#storage.holdsOne()) this.#setHasLast(true);
  }

  /** There is a report that can be opened. */
  get hasLast(): boolean {
    return this.#hasLast;
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  /** The last one that measured anything. */
  async last(): Promise<FolderEvaluation | undefined> {
    this.#last ??= await this.#storage.load();
    if (!this.#last) this.#setHasLast(false);
    return this.#last;
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
      if (evaluation.report.cases > 0) await this.#keep(evaluation);
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

  async #keep(evaluation: FolderEvaluation): Promise<void> {
    this.#last = evaluation;
    this.#setHasLast(true);
    // The report is shown all the same; it is lost with the window then.
    await this.#storage.save(evaluation).catch((error: unknown) => {
      this.#log.warn('The report of the evaluation could not be kept', error);
    });
  }

  #setHasLast(hasLast: boolean): void {
    this.#hasLast = hasLast;
    setContext(contextKeys.evaluated, hasLast);
  }
}

function setContext(key: string, value: boolean): void {
  void commands.executeCommand('setContext', key, value);
}

/** The report on one folder. */
export interface FolderEvaluation {
  readonly name: string;
  /** Absolute path. */
  readonly root: string;
  readonly report: EvaluationReport;
}

/** Keeps the last report of a window in a file, so that it is still there after a reload. */
export class EvaluationStorage {
  readonly #file: string | undefined;

  /** Without a file, which is what a window without a folder has, nothing is kept. */
  constructor(file: string | undefined) {
    this.#file = file;
  }

  async holdsOne(): Promise<boolean> {
    if (this.#file === undefined) return false;
    return access(this.#file).then(
      () => true,
      () => false,
    );
  }

  /** `undefined` when there is none, or one that another version wrote in another form. */
  async load(): Promise<FolderEvaluation | undefined> {
    if (this.#file === undefined) return undefined;
    try {
      return storedEvaluation.parse(JSON.parse(await readFile(this.#file, 'utf8')));
    } catch {
      return undefined;
    }
  }

  async save(evaluation: FolderEvaluation): Promise<void> {
    if (this.#file === undefined) return;
    const temporary = `${this.#file}.tmp`;
    await mkdir(dirname(this.#file), { recursive: true });
    await writeFile(temporary, JSON.stringify({ format: 1, ...evaluation }), { mode: 0o600 });
    await rename(temporary, this.#file);
  }
}
