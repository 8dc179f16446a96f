import { commands as editor, l10n, window, type QuickPickItem } from 'vscode';
import { commands, internalCommands, views } from './contributions.ts';
import { DisposableStore, type Disposable } from './disposableStore.ts';
import type { IndexStatusBoard } from '../indexStatus/indexStatusBoard.ts';
import { isBusy } from '../indexStatus/indexOverview.ts';
import type { EvaluationState } from '../evaluation/evaluationState.ts';
import type { LogChannel } from './log.ts';
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

type MenuItem = QuickPickItem & { readonly command: string };

async function showMenu(board: IndexStatusBoard, evaluation: EvaluationState): Promise<void> {
  const choice = await window.showQuickPick(menuItems(board, evaluation), {
    title: 'Touchstone',
    placeHolder: statusLine(board.overview, l10n),
  });
  if (choice) await editor.executeCommand(choice.command);
}

function menuItems(
  { overview }: IndexStatusBoard,
  { isRunning, hasLast }: EvaluationState,
): readonly MenuItem[] {
  const openChat = { label: `$(comment-discussion) ${l10n.t('Open Chat')}`, command: commands.openChat };
  const feedback = { label: `$(graph) ${l10n.t('Show Feedback')}`, command: commands.showFeedback };
  const evaluate = {
    label: `$(beaker) ${l10n.t('Evaluate on This Workspace')}`,
    command: commands.evaluate,
  };
  const report = { label: `$(report) ${l10n.t('Open Last Evaluation')}`, command: commands.openEvaluation };
  const status = { label: `$(list-tree) ${l10n.t('Show Index Status')}`, command: commands.showIndexStatus };
  const pause = { label: `$(debug-pause) ${l10n.t('Pause Indexing')}`, command: commands.pauseIndexing };
  const resume = { label: `$(debug-start) ${l10n.t('Resume Indexing')}`, command: commands.resumeIndexing };
  const cancel = { label: `$(debug-stop) ${l10n.t('Cancel Indexing')}`, command: commands.cancelIndexing };
  const reindex = { label: `$(refresh) ${l10n.t('Reindex Workspace')}`, command: commands.reindex };
  const clear = { label: `$(trash) ${l10n.t('Clear Index')}`, command: commands.clearIndex };
  const showLog = { label: `$(output) ${l10n.t('Show Log')}`, command: commands.showLog };
  if (overview.state === 'noFolder') {
    const openFolder = { label: `$(folder-opened) ${l10n.t('Open Folder …')}`, command: 'vscode.openFolder' };
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
