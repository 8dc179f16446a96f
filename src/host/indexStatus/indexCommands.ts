import { l10n, ProgressLocation, window, type Progress } from 'vscode';
import { commands } from '../editor/contributions.ts';
import { DisposableStore, type Disposable } from '../editor/disposableStore.ts';
import type { IndexStatusBoard } from './indexStatusBoard.ts';
import { statusLine } from './statusText.ts';
import type { EngineFolder } from '../workspace/workspaceFolders.ts';
import type { IndexCommandsOptions } from './indexCommandsOptions.ts';
import { registerIndexControlCommands } from './indexControlCommands.ts';
import type { RegisterCommand } from '../editor/registerCommand.ts';
import { showIndexStatus } from './showIndexStatus.ts';

/** Everything done with the index of the open folders. */
export function registerIndexCommands(register: RegisterCommand, options: IndexCommandsOptions): Disposable {
  const store = new DisposableStore();
  store.add(register(commands.reindex, () => reindex(options)));
  store.add(register(commands.clearIndex, () => clearIndex(options)));
  store.add(register(commands.showIndexStatus, () => showIndexStatus(options)));
  store.add(registerIndexControlCommands(register, options));
  return store;
}

async function reindex({ engine, board }: IndexCommandsOptions): Promise<void> {
  await window.withProgress(
    { location: ProgressLocation.Notification, title: 'Touchstone' },
    async (progress) => {
      const subscription = reportProgress(board, progress);
      try {
        await engine.reindex();
        const { overview } = board;
        if (overview.state === 'failed') throw new Error(overview.message);
      } finally {
        subscription.dispose();
      }
    },
  );
}

/** The bar grows by steps, so each report is the difference to the last. */
function reportProgress(
  board: IndexStatusBoard,
  progress: Progress<{ message?: string; increment?: number }>,
) {
  let reported = 0;
  return board.subscribe((overview) => {
    const percent = overview.state === 'indexing' ? overview.percent : reported;
    progress.report({ message: statusLine(overview, l10n), increment: Math.max(0, percent - reported) });
    reported = Math.max(reported, percent);
  });
}

async function clearIndex({ engine, folders }: IndexCommandsOptions): Promise<void> {
  const clear = l10n.t('Clear Index');
  const choice = await window.showWarningMessage(
    l10n.t('Clear the index?'),
    { modal: true, detail: clearDetail(folders()) },
    clear,
  );
  if (choice === clear) await engine.clearIndex();
}

function clearDetail(folders: readonly EngineFolder[]): string {
  const stores = folders.map(({ name, store }) => `${name}: ${store}`);
  return [
    l10n.t('This deletes what Touchstone knows about the code of:'),
    stores.join('\n'),
    l10n.t(
      'Your files, the feedback on suggestions and what evaluations keep (baselines, recorded answers) stay. There are no suggestions and no answers until you run “Touchstone: Reindex Workspace” or open the folder again.',
    ),
  ].join('\n\n');
}
