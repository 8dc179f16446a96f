import { FileType, l10n, QuickPickItemKind, Uri, commands as editor, window, workspace } from 'vscode';
import type { QuickPickItem } from 'vscode';
import type { IndexStatus } from '../../protocol/engine.ts';
import { commands } from '../editor/contributions.ts';
import { isBusy, indexOverview } from './indexOverview.ts';
import { indexStatusRows, type FolderIndexStatus, type IndexStatusRow } from './indexStatusRows.ts';
import { statusLine } from './statusText.ts';
import type { EngineFolder } from '../workspace/workspaceFolders.ts';
import type { IndexCommandsOptions } from './indexCommandsOptions.ts';

type Item = QuickPickItem & { readonly run?: () => unknown };

/** Lists what is indexed and what is left out and why; typing finds a file, choosing one shows it. */
export async function showIndexStatus({ engine, board, folders }: IndexCommandsOptions): Promise<void> {
  const read = async (folder: EngineFolder): Promise<FolderIndexStatus> => {
    const { root, name, store } = folder;
    const line = folderLine(board.statuses.get(root));
    return { root, name, store, line, skipped: await engine.skipped(root) };
  };
  const rows = indexStatusRows(await Promise.all(folders().map(read)), l10n);
  const items = [...controls(board.overview), ...rows.map(toItem)];
  const choice = await window.showQuickPick(items, {
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
  const pause = { label: `$(debug-pause) ${l10n.t('Pause Indexing')}`, run: run(commands.pauseIndexing) };
  const resume = { label: `$(debug-start) ${l10n.t('Resume Indexing')}`, run: run(commands.resumeIndexing) };
  const cancel = { label: `$(debug-stop) ${l10n.t('Cancel Indexing')}`, run: run(commands.cancelIndexing) };
  if (overview.state === 'paused') return [resume];
  return isBusy(overview) ? [pause, cancel] : [pause];
}

function toItem(row: IndexStatusRow): Item {
  switch (row.kind) {
    case 'folder':
      return { label: `$(folder) ${row.label}`, detail: row.detail };
    case 'reason':
      return { label: row.label, kind: QuickPickItemKind.Separator };
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
