import {
  l10n,
  Range,
  TextEditorRevealType,
  ThemeColor,
  Uri,
  window,
  workspace,
  type TextEditor,
} from 'vscode';
import { DisposableStore } from './disposableStore.ts';
import { warn } from './notify.ts';

/**
 * Shows lines of files, marked as the editor marks what a search leads to. They are not selected: what is typed next
 * must not replace them. The mark goes when the cursor moves.
 */
export class LocationViewer {
  readonly #mark = window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new ThemeColor('editor.selectionHighlightBackground'),
    // High contrast knows no backgrounds.
    borderStyle: 'solid',
    borderWidth: '0 0 0 2px',
    borderColor: new ThemeColor('focusBorder'),
  });
  readonly #store = new DisposableStore();
  #shown: { readonly editor: TextEditor; readonly lines: Range } | undefined;

  constructor() {
    this.#store.add(this.#mark);
    this.#store.add(
      window.onDidChangeTextEditorSelection(({ textEditor, selections: [selection] }) => {
        // The first event may be that of the cursor being put there.
        const isAtStart = selection?.isEmpty && this.#shown?.lines.start.isEqual(selection.active);
        if (textEditor === this.#shown?.editor && !isAtStart) this.#clear();
      }),
    );
  }

  /** Lines are 1-based and inclusive; the cursor goes to their start. Tells the user when the file is gone. */
  async open(root: string, path: string, startLine: number, endLine: number): Promise<void> {
    const uri = Uri.joinPath(Uri.file(root), path);
    try {
      const document = await workspace.openTextDocument(uri);
      const lines = document.validateRange(new Range(startLine - 1, 0, endLine - 1, Number.MAX_SAFE_INTEGER));
      const editor = await window.showTextDocument(document, {
        selection: new Range(lines.start, lines.start),
      });
      editor.revealRange(lines, TextEditorRevealType.InCenterIfOutsideViewport);
      this.#clear();
      editor.setDecorations(this.#mark, [lines]);
      this.#shown = { editor, lines };
    } catch {
      void warn(l10n.t('{0} cannot be opened. It may have been moved or deleted.', path));
    }
  }

  dispose(): void {
    this.#store.dispose();
  }

  #clear(): void {
    this.#shown?.editor.setDecorations(this.#mark, []);
    this.#shown = undefined;
  }
}
