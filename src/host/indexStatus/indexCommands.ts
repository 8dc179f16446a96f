import { commands as editor, FileType, l10n, Uri, workspace } from 'vscode';
import type { IndexStatus } from '../../protocol/engine.ts';
import { commands } from '../editor/contributions.ts';
import { type Disposable, DisposableStore } from '../editor/disposableStore.ts';
import { confirm, inform, pick, type Pickable, type ProgressStep, withProgress } from '../editor/notify.ts';
import type { RegisterCommand } from '../editor/registerCommand.ts';
import type { EngineClient } from '../engine/engineClient.ts';
import { type EngineFolder, readCutExcludes } from '../workspace/workspaceFolders.ts';
import { indexOverview, isBusy } from './indexOverview.ts';
import type { IndexStatusBoard } from './indexStatusBoard.ts';
import { type FolderIndexStatus, type IndexStatusRow, indexStatusRows } from './indexStatusRows.ts';
import { statusLine } from './statusText.ts';

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
  await withProgress({ title: 'Touchstone' }, async (report) => {
    const subscription = reportProgress(board, report);
    try {
      await engine.reindex();
      const { overview } = board;
      if (overview.state === 'failed') throw new Error(overview.message);
    } finally {
      subscription.dispose();
    }
  });
}

/** The bar grows by steps, so each report is the difference to the last. */
function reportProgress(board: IndexStatusBoard, report: (step: ProgressStep) => void) {
  let reported = 0;
  return board.subscribe((overview) => {
    const percent = overview.state === 'indexing' ? overview.percent : reported;
    report({ message: statusLine(overview, l10n), increment: Math.max(0, percent - reported) });
    reported = Math.max(reported, percent);
  });
}

async function clearIndex({ engine, folders }: IndexCommandsOptions): Promise<void> {
  const clear = l10n.t('Clear Index');
  if (await confirm(l10n.t('Clear the index?'), clearDetail(folders()), clear)) await engine.clearIndex();
}

function clearDetail(folders: readonly EngineFolder[]): readonly string[] {
  return [
    l10n.t('This deletes what Touchstone knows about the code of:'),
    ...folders.map(({ name, store }) => `${name}: ${store}`),
    l10n.t(
      'Your files, the feedback on suggestions and what evaluations keep (baselines, recorded answers) stay. There are no suggestions and no answers until you run “Touchstone: Reindex Workspace” or open the folder again.',
    ),
  ];
}

/** Pause, resume and cancel. */
function registerIndexControlCommands(
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
      void inform(statusLine(board.overview, l10n));
    }),
  );
  return store;
}

export interface IndexCommandsOptions {
  readonly engine: EngineClient;
  readonly board: IndexStatusBoard;
  readonly folders: () => readonly EngineFolder[];
}

type Item = Pickable & { readonly run?: () => unknown };

/** Lists what is indexed and what is left out and why; typing finds a file, choosing one shows it. */
async function showIndexStatus({ engine, board, folders }: IndexCommandsOptions): Promise<void> {
  const read = async (folder: EngineFolder): Promise<FolderIndexStatus> => {
    const { root, name, store } = folder;
    const line = folderLine(board.statuses.get(root));
    const cutExcludes = readCutExcludes([root]);
    return { root, name, store, line, skipped: await engine.skipped(root), cutExcludes };
  };
  const rows = indexStatusRows(await Promise.all(folders().map(read)), l10n);
  const items = [...controls(board.overview), ...rows.map(toItem)];
  const choice = await pick(items, {
    title: l10n.t('Touchstone: Index Status'),
    placeHolder: l10n.t('Type the name of a file to see why it is not in the index'),
  });
  await choice?.run?.();
}

function folderLine(status: IndexStatus | undefined): string {
  const line = statusLine(indexOverview([status]), l10n);
  if (status?.state !== 'ready') return line;
  return `${line} ${l10n.t('{0} chunks. Brought up to date in {1} ms.', format(status.chunks), format(status.elapsedMs))}`;
}

function format(count: number): string {
  return Math.round(count).toLocaleString('en');
}

function controls(overview: IndexCommandsOptions['board']['overview']): readonly Item[] {
  const run = (command: string) => () => editor.executeCommand(command);
  const pause = { icon: 'debug-pause', label: l10n.t('Pause Indexing'), run: run(commands.pauseIndexing) };
  const resume = { icon: 'debug-start', label: l10n.t('Resume Indexing'), run: run(commands.resumeIndexing) };
  const cancel = { icon: 'debug-stop', label: l10n.t('Cancel Indexing'), run: run(commands.cancelIndexing) };
  if (overview.state === 'paused') return [resume];
  return isBusy(overview) ? [pause, cancel] : [pause];
}

function toItem(row: IndexStatusRow): Item {
  switch (row.kind) {
    case 'folder':
      return { icon: 'folder', label: row.label, detail: row.detail };
    case 'reason':
      return { label: row.label, isHeading: true };
    case 'more':
      return { label: row.label };
    case 'file':
      return { label: row.label, run: () => show(Uri.joinPath(Uri.file(row.root), row.path)) };
  }
}

/** Files open, folders are shown in the explorer. */
async function show(uri: Uri): Promise<void> {
  const { type } = await workspace.fs.stat(uri);
  const isFolder = (type & FileType.Directory) !== 0;
  await editor.executeCommand(isFolder ? 'revealInExplorer' : 'vscode.open', uri);
}
