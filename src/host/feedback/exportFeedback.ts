import { homedir } from 'node:os';
import { l10n, Uri, window, workspace } from 'vscode';
import { inform } from '../editor/notify.ts';
import type { SignalRecord } from '../../core/ports/signalRecord.ts';

const FILE_NAME = 'touchstone-feedback.jsonl';

/** Writes the records into a file that the user chooses, one JSON object a line. */
export async function exportFeedback(records: readonly SignalRecord[]): Promise<void> {
  const folder = workspace.workspaceFolders?.[0]?.uri ?? Uri.file(homedir());
  const file = await window.showSaveDialog({
    title: l10n.t('Export Feedback'),
    defaultUri: Uri.joinPath(folder, FILE_NAME),
    filters: { [l10n.t('JSON lines')]: ['jsonl'] },
  });
  if (!file) return;
  await workspace.fs.writeFile(file, new TextEncoder().encode(toJsonLines(records)));
  const open = l10n.t('Open');
  const choice = await inform(l10n.t('{0} records exported.', records.length), open);
  if (choice === open) await window.showTextDocument(file);
}

function toJsonLines(records: readonly SignalRecord[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join('');
}
