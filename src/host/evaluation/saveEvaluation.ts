import { homedir } from 'node:os';
import { l10n, Uri, window, workspace } from 'vscode';
import type { FolderEvaluation } from './folderEvaluation.ts';

/** Writes the report into a file that the user chooses: everything as JSON if its name says so, else HTML. */
export async function saveEvaluation({ name, report }: FolderEvaluation): Promise<void> {
  const file = await window.showSaveDialog({
    title: l10n.t('Save Evaluation'),
    // Not the workspace: the report holds questions with their answers, which later searches would find.
    defaultUri: Uri.joinPath(Uri.file(homedir()), `touchstone-${name}.html`),
    filters: { [l10n.t('Report')]: ['html'], [l10n.t('Data')]: ['json'] },
  });
  if (!file) return;
  const text = file.path.endsWith('.json') ? report.json : report.html;
  await workspace.fs.writeFile(file, new TextEncoder().encode(text));
  void window.showInformationMessage(l10n.t('The evaluation is saved in {0}.', file.fsPath));
}
