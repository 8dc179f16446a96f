import { l10n, Range, Uri, window, workspace } from 'vscode';

/** Shows lines of a workspace file, 1-based and inclusive; tells the user when the file is gone. */
export async function openLocation(
  root: string,
  path: string,
  startLine: number,
  endLine: number,
): Promise<void> {
  const uri = Uri.joinPath(Uri.file(root), path);
  try {
    const document = await workspace.openTextDocument(uri);
    const lines = document.validateRange(new Range(startLine - 1, 0, endLine - 1, Number.MAX_SAFE_INTEGER));
    await window.showTextDocument(document, { selection: lines });
  } catch {
    void window.showWarningMessage(l10n.t('{0} cannot be opened. It may have been moved or deleted.', path));
  }
}
