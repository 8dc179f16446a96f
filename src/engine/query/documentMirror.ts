import { isSecretPath } from '../../core/secrets/isSecretPath.ts';
import type { TextEdit } from '../../core/text/textEdit.ts';
import type { DocumentRef } from '../../protocol/engine.ts';

interface MirroredDocument {
  readonly version: number;
  readonly text: string;
}

/**
 * The editor's open buffers as the query worker knows them, unsaved edits included. Fed by the host in order; the
 * text of a document that is not open here is whatever is on disk. Files that hold credentials are never kept.
 */
export class DocumentMirror {
  readonly #documents = new Map<string, MirroredDocument>();

  open(document: DocumentRef, version: number, text: string): void {
    if (isSecretPath(document.path)) return;
    this.#documents.set(keyOf(document), { version, text });
  }

  /** Applies edits one after the other, as the editor reports them; ignored for a document never opened. */
  change(document: DocumentRef, version: number, edits: readonly TextEdit[]): void {
    const current = this.#documents.get(keyOf(document));
    if (!current) return;
    const text = edits.reduce(
      (before, edit) => before.slice(0, edit.startOffset) + edit.text + before.slice(edit.endOffset),
      current.text,
    );
    this.#documents.set(keyOf(document), { version, text });
  }

  close(document: DocumentRef): void {
    this.#documents.delete(keyOf(document));
  }

  /** The live text, or `undefined` when the document is not open. */
  text(document: DocumentRef): string | undefined {
    return this.#documents.get(keyOf(document))?.text;
  }

  /** The open buffers of a folder, with their paths. */
  *texts(root: string): Generator<readonly [path: string, text: string]> {
    for (const [key, { text }] of this.#documents) {
      if (key.startsWith(`${root}\0`)) yield [key.slice(root.length + 1), text];
    }
  }

  /** The live text only if exactly this version is mirrored: an older question is no longer worth answering. */
  textAt(document: DocumentRef, version: number): string | undefined {
    const current = this.#documents.get(keyOf(document));
    return current?.version === version ? current.text : undefined;
  }
}

function keyOf(document: DocumentRef): string {
  return `${document.root}\0${document.path}`;
}
