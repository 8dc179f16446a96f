import { workspace } from 'vscode';
import { DisposableStore } from '../editor/disposableStore.ts';
import type { CaseFilesParts } from './helpWithCases.ts';

/** Help with writing evaluation cases, which is loaded with the first file of them. */
export function registerCaseFiles(parts: CaseFilesParts): DisposableStore {
  const store = new DisposableStore();
  let isLoaded = false;
  const look = async () => {
    if (isLoaded || !workspace.textDocuments.some(({ uri }) => /\.eval\.ya?ml$/i.test(uri.path))) return;
    isLoaded = true;
    const { helpWithCases } = await import('./helpWithCases.ts');
    store.add(helpWithCases(parts));
  };
  store.add(workspace.onDidOpenTextDocument(look));
  void look();
  return store;
}
