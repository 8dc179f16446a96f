import { RelativePattern, window, workspace, type Uri } from 'vscode';
import type { Clock } from '../../core/ports/runtime.ts';
import { DisposableStore, type Disposable } from '../editor/disposableStore.ts';
import type { EngineClient } from '../engine/engineClient.ts';
import { PathBatch } from './pathBatch.ts';
import { Reconciler } from './reconciler.ts';
import { locateDocument, relativePath, type EngineFolder } from './workspaceFolders.ts';

/** Git's own files change with every command and are never indexed; these two say what else is not. */
const GIT_RULES: ReadonlySet<string> = new Set(['.git/info/exclude', '.git/config']);

/** The path that stands for the whole folder. */
const EVERYTHING = '';

/**
 * Tells the indexer which files may have changed: those saved here and those changed outside the editor. It compares
 * them with its records, so naming a file twice, or one that is ignored, costs next to nothing. Watchers lose events, so
 * now and then everything is compared.
 */
export function watchFolders(
  folders: readonly EngineFolder[],
  engine: EngineClient,
  clock: Clock,
): Disposable {
  const store = new DisposableStore();
  const batch = store.add(
    new PathBatch(clock, (root, paths) => {
      engine.touch(root, paths);
    }),
  );
  for (const { root } of folders) {
    const touch = (uri: Uri) => {
      const path = relativePath(root, uri);
      if (GIT_RULES.has(path) || !path.split('/').includes('.git')) batch.add(root, path);
    };
    const watcher = store.add(workspace.createFileSystemWatcher(new RelativePattern(root, '**')));
    store.add(watcher.onDidCreate(touch));
    store.add(watcher.onDidChange(touch));
    store.add(watcher.onDidDelete(touch));
  }
  const reconciler = store.add(
    new Reconciler(clock, () => {
      for (const { root } of folders) engine.touch(root, [EVERYTHING]);
    }),
  );
  store.add(
    window.onDidChangeWindowState(({ focused }) => {
      if (focused) reconciler.returned();
    }),
  );
  store.add(
    workspace.onDidSaveTextDocument(({ uri }) => {
      const located = locateDocument(uri);
      if (located) batch.add(located.root, located.path);
    }),
  );
  return store;
}
