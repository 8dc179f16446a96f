import { commands as editor, l10n } from 'vscode';
import { commands, internalCommands, views } from './contributions.ts';
import { DisposableStore, type Disposable } from './disposableStore.ts';
import type { IndexStatusBoard } from '../indexStatus/indexStatusBoard.ts';
import { isBusy } from '../indexStatus/indexOverview.ts';
import type { EvaluationState } from '../evaluation/evaluationState.ts';
import type { LogChannel } from './log.ts';
import { pick, type Pickable } from './notify.ts';
import { statusLine } from '../indexStatus/statusText.ts';
import type { RegisterCommand } from './registerCommand.ts';

export interface ViewCommandsOptions {
  readonly board: IndexStatusBoard;
  readonly evaluation: EvaluationState;
  readonly log: LogChannel;
}

/** Commands that only show something: the chat, the log and the status item's menu. */
export function registerViewCommands(
  register: RegisterCommand,
  { board, evaluation, log }: ViewCommandsOptions,
): Disposable {
  const store = new DisposableStore();
  store.add(register(commands.openChat, () => editor.executeCommand(`${views.chat}.focus`)));
  store.add(
    register(commands.showLog, () => {
      log.show();
    }),
  );
  store.add(register(internalCommands.showMenu, () => showMenu(board, evaluation)));
  return store;
}

type MenuItem = Pickable & { readonly command: string };

async function showMenu(board: IndexStatusBoard, evaluation: EvaluationState): Promise<void> {
  const choice = await pick(menuItems(board, evaluation), {
    title: 'Touchstone',
    placeHolder: statusLine(board.overview, l10n),
  });
  if (choice) await editor.executeCommand(choice.command);
}

function menuItems(
  { overview }: IndexStatusBoard,
  { isRunning, hasLast }: EvaluationState,
): readonly MenuItem[] {
  const openChat = { icon: 'comment-discussion', label: l10n.t('Open Chat'), command: commands.openChat };
  const feedback = { icon: 'graph', label: l10n.t('Show Feedback'), command: commands.showFeedback };
  const evaluate = {
    icon: 'beaker',
    label: l10n.t('Evaluate on This Workspace'),
    command: commands.evaluate,
  };
  const report = { icon: 'report', label: l10n.t('Open Last Evaluation'), command: commands.openEvaluation };
  const status = { icon: 'list-tree', label: l10n.t('Show Index Status'), command: commands.showIndexStatus };
  const pause = { icon: 'debug-pause', label: l10n.t('Pause Indexing'), command: commands.pauseIndexing };
  const resume = { icon: 'debug-start', label: l10n.t('Resume Indexing'), command: commands.resumeIndexing };
  const cancel = { icon: 'debug-stop', label: l10n.t('Cancel Indexing'), command: commands.cancelIndexing };
  const reindex = { icon: 'refresh', label: l10n.t('Reindex Workspace'), command: commands.reindex };
  const clear = { icon: 'trash', label: l10n.t('Clear Index'), command: commands.clearIndex };
  const showLog = { icon: 'output', label: l10n.t('Show Log'), command: commands.showLog };
  if (overview.state === 'noFolder') {
    const openFolder = {
      icon: 'folder-opened',
      label: l10n.t('Open Folder …'),
      command: 'vscode.openFolder',
    };
    return [openFolder, showLog];
  }
  return [
    openChat,
    feedback,
    ...(isRunning ? [] : [evaluate]),
    ...(hasLast ? [report] : []),
    status,
    ...(overview.state === 'paused' ? [resume] : []),
    ...(isBusy(overview) ? [pause, cancel] : [reindex, clear]),
    showLog,
  ];
}
