import { languages, type Uri } from 'vscode';
import type { Logger } from '../../core/ports/runtime.ts';
import { systemClock } from '../../core/async/systemClock.ts';
import { DisposableStore } from '../editor/disposableStore.ts';
import type { WorkerLink } from '../engine/workerLink.ts';
import { CaseChecker } from './caseChecker.ts';
import { CaseFileCompletions } from './caseFileCompletions.ts';
import { CaseFileDiagnostics } from './caseFileDiagnostics.ts';

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
  const checker = new CaseChecker(() => start('evalWorker.js', 'touchstone cases', MAX_HEAP_MB), log);
  store.add(new CaseFileDiagnostics(checker, systemClock, log));
  return store;
}
