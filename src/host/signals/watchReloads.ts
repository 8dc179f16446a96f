import { workspace, type TextDocument } from 'vscode';
import type { Clock } from '../../core/ports/runtime.ts';
import { DisposableStore, type Disposable } from '../editor/disposableStore.ts';

/** An edit marks its document as unsaved within a few milliseconds. */
const MARKED_WITHIN_MS = 500;

/**
 * Tells of documents whose file changed on disk, as when switching branches: their text changes, yet they are neither
 * marked as unsaved nor saved then.
 */
export function watchReloads(clock: Clock, onReload: (document: TextDocument) => void): Disposable {
  const store = new DisposableStore();
  const suspects = new Map<TextDocument, () => void>();
  const clear = (document: TextDocument) => {
    suspects.get(document)?.();
    suspects.delete(document);
  };
  const suspect = (document: TextDocument) => {
    if (suspects.has(document)) return;
    const cancel = clock.setTimer(() => {
      suspects.delete(document);
      onReload(document);
    }, MARKED_WITHIN_MS);
    suspects.set(document, cancel);
  };
  store.add(
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (document.isDirty) clear(document);
      else if (contentChanges.length > 0 && document.uri.scheme === 'file') suspect(document);
    }),
  );
  store.add(workspace.onDidSaveTextDocument(clear));
  store.add(workspace.onDidCloseTextDocument(clear));
  store.add({
    dispose() {
      for (const document of suspects.keys()) clear(document);
    },
  });
  return store;
}
