import { l10n, window } from 'vscode';
import { commands } from '../editor/contributions.ts';
import { DisposableStore, type Disposable } from '../editor/disposableStore.ts';
import { statusLine } from './statusText.ts';
import type { IndexCommandsOptions } from './indexCommandsOptions.ts';
import type { RegisterCommand } from '../editor/registerCommand.ts';

/** Pause, resume and cancel. */
export function registerIndexControlCommands(
  register: RegisterCommand,
  { engine, board }: Pick<IndexCommandsOptions, 'engine' | 'board'>,
): Disposable {
  const store = new DisposableStore();
  store.add(register(commands.pauseIndexing, () => engine.pauseIndexing('paused')));
  store.add(
    register(commands.resumeIndexing, () => {
      // Nobody waits for the index: the status bar shows how far it is.
      void engine.resumeIndexing().catch(() => undefined);
    }),
  );
  store.add(
    register(commands.cancelIndexing, async () => {
      await engine.pauseIndexing('stopped');
      void window.showInformationMessage(statusLine(board.overview, l10n));
    }),
  );
  return store;
}
