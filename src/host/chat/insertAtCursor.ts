import { l10n, window } from 'vscode';
import { inform, warn } from '../editor/notify.ts';

/** Puts text in place of the selection of the editor used last, and shows it there. False when no editor takes it. */
export async function insertAtCursor(text: string): Promise<boolean> {
  const editor = window.activeTextEditor ?? window.visibleTextEditors[0];
  if (!editor) {
    void inform(l10n.t('Open the file that the code belongs into, then insert it again.'));
    return false;
  }
  const isInserted = await editor.edit((builder) => {
    for (const selection of editor.selections) builder.replace(selection, text);
  });
  if (isInserted) await window.showTextDocument(editor.document, editor.viewColumn);
  else void warn(l10n.t('The editor did not take the code: its file may be read-only.'));
  return isInserted;
}
