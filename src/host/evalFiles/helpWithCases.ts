import {
  Diagnostic,
  DiagnosticSeverity,
  languages,
  Range,
  type TextDocument,
  type Uri,
  workspace,
} from 'vscode';
import { systemClock } from '../../core/async/systemClock.ts';
import type { Clock, Logger } from '../../core/ports/runtime.ts';
import { lineWithSigns } from '../../core/text/unseen.ts';
import { isCaseFile } from '../../evals/authored/caseFilePath.ts';
import type { CaseProblem } from '../../evals/authored/caseProblem.ts';
import { DisposableStore } from '../editor/disposableStore.ts';
import type { WorkerLink } from '../engine/supervisor.ts';
import { locateDocument } from '../workspace/workspaceFolders.ts';
import { CaseChecker } from './caseChecker.ts';
import { CaseFileCompletions } from './caseFileCompletions.ts';

/** Files written by hand and the files that they refer to. */
const MAX_HEAP_MB = 256;

export interface CaseFilesParts {
  readonly start: (bundle: string, name: string, maxHeapMb: number) => WorkerLink;
  readonly extensionUri: Uri;
  readonly log: Logger;
}

/** Proposals while typing, and what is wrong. */
export function helpWithCases({ start, extensionUri, log }: CaseFilesParts): DisposableStore {
  const store = new DisposableStore();
  const selector = [
    { scheme: 'file', pattern: '**/*.eval.yaml' },
    { scheme: 'file', pattern: '**/*.eval.yml' },
  ];
  const completions = new CaseFileCompletions(extensionUri);
  store.add(languages.registerCompletionItemProvider(selector, completions, ...CaseFileCompletions.triggers));
  const startWorker = () => start('evalWorker.js', 'touchstone cases', MAX_HEAP_MB);
  const checker = new CaseChecker(startWorker, log, systemClock);
  store.add(new CaseFileDiagnostics(checker, systemClock, log));
  return store;
}

/** How long after the last key a file is checked. */
const PAUSE_MS = 300;

/** Underlines what is wrong in open files of cases, in the words of the evaluation. */
class CaseFileDiagnostics {
  readonly #checker: CaseChecker;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #store = new DisposableStore();
  readonly #shown = this.#store.add(languages.createDiagnosticCollection('touchstone'));
  /** Cancels the planned check of a document, by its URI. */
  readonly #planned = new Map<string, () => void>();

  constructor(checker: CaseChecker, clock: Clock, log: Logger) {
    this.#checker = checker;
    this.#clock = clock;
    this.#log = log;
    const planAll = (delayMs: number) => {
      for (const document of openCaseFiles()) this.#plan(document, delayMs);
    };
    const events = [
      workspace.onDidOpenTextDocument((document) => {
        this.#plan(document, 0);
      }),
      workspace.onDidChangeTextDocument(({ document }) => {
        this.#plan(document, PAUSE_MS);
      }),
      workspace.onDidCloseTextDocument((document) => {
        this.#forget(document);
      }),
      // What cases refer to may have changed.
      workspace.onDidSaveTextDocument(() => {
        planAll(PAUSE_MS);
      }),
    ];
    for (const event of events) this.#store.add(event);
    planAll(0);
  }

  dispose(): void {
    for (const cancel of this.#planned.values()) cancel();
    this.#store.dispose();
    void this.#checker.rest();
  }

  #plan(document: TextDocument, delayMs: number): void {
    if (!isCaseFile(document.uri.path)) return;
    const key = document.uri.toString();
    this.#planned.get(key)?.();
    const cancel = this.#clock.setTimer(() => {
      this.#planned.delete(key);
      void this.#check(document);
    }, delayMs);
    this.#planned.set(key, cancel);
  }

  #forget(document: TextDocument): void {
    if (!isCaseFile(document.uri.path)) return;
    const key = document.uri.toString();
    this.#planned.get(key)?.();
    this.#planned.delete(key);
    this.#shown.delete(document.uri);
    if (openCaseFiles().length === 0) void this.#checker.rest();
  }

  async #check(document: TextDocument): Promise<void> {
    const place = locateDocument(document.uri);
    if (!place) return;
    const { version } = document;
    try {
      const problems = await this.#checker.check({ ...place, text: document.getText() });
      if (document.isClosed || document.version !== version) return;
      this.#shown.set(document.uri, problems.map(toDiagnostic));
    } catch (error) {
      this.#log.debug('A file of evaluation cases was not checked', error);
    }
  }
}

function openCaseFiles(): readonly TextDocument[] {
  return workspace.textDocuments.filter((document) => isCaseFile(document.uri.path) && !document.isClosed);
}

function toDiagnostic({ line, startColumn, endColumn, message }: CaseProblem): Diagnostic {
  const range = new Range(line - 1, startColumn, line - 1, endColumn);
  const diagnostic = new Diagnostic(range, lineWithSigns(message), DiagnosticSeverity.Error);
  diagnostic.source = 'Touchstone';
  return diagnostic;
}
