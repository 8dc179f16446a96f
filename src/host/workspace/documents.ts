import { workspace, type TextDocument, type TextDocumentChangeEvent } from 'vscode';
import type { TextEdit } from '../../core/text/textEdit.ts';
import { DisposableStore, type Disposable } from '../editor/disposableStore.ts';
import type { EngineClient, OpenDocument } from '../engine/engineClient.ts';
import { locateDocument } from './workspaceFolders.ts';

/** Longer documents are not mirrored: copying one would hold up the editor, and nobody writes them by hand. */
const MAX_MIRRORED_LENGTH = 2_000_000;

/** The open documents that the engine mirrors: files inside a workspace folder. */
export function* openDocuments(): Generator<OpenDocument> {
  for (const candidate of workspace.textDocuments) {
    const open = toOpenDocument(candidate);
    if (open) yield open;
  }
}

/** Tells the engine of every change of the editor's buffers, unsaved ones included. */
export function mirrorDocuments(engine: EngineClient): Disposable {
  const store = new DisposableStore();
  const open = (document: TextDocument) => {
    const opened = toOpenDocument(document);
    if (opened) engine.openDocument(opened.document, opened.version, opened.text);
  };
  store.add(workspace.onDidOpenTextDocument(open));
  store.add(
    workspace.onDidChangeTextDocument((event) => {
      const located = locateDocument(event.document.uri);
      // Events without changes tell of the unsaved mark.
      if (located && event.contentChanges.length > 0) {
        engine.changeDocument(located, event.document.version, toTextEdits(event));
      }
    }),
  );
  store.add(
    workspace.onDidCloseTextDocument(({ uri }) => {
      const located = locateDocument(uri);
      if (located) engine.closeDocument(located);
    }),
  );
  return store;
}

/** The changes in the order reported; applied one after the other they lead to the document's new text. */
export function toTextEdits({ contentChanges }: TextDocumentChangeEvent): readonly TextEdit[] {
  return contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
    startOffset: rangeOffset,
    endOffset: rangeOffset + rangeLength,
    text,
  }));
}

function toOpenDocument(document: TextDocument): OpenDocument | undefined {
  const located = locateDocument(document.uri);
  if (!located || lengthOf(document) > MAX_MIRRORED_LENGTH) return undefined;
  return { document: located, version: document.version, text: document.getText() };
}

function lengthOf(document: TextDocument): number {
  return document.offsetAt(document.lineAt(document.lineCount - 1).range.end);
}
