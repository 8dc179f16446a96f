import { isSecretPath } from '../../core/secrets/isSecretPath.ts';
import { steadyClock } from '../../core/async/systemClock.ts';
import { EditHistory } from '../../core/completion/editHistory.ts';
import type { Clock } from '../../core/ports/runtime.ts';
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
  readonly #clock: Pick<Clock, 'now'>;
  /** What was edited last; its documents are named by `mirrorKey`. */
  readonly history = new EditHistory();

  constructor(clock: Pick<Clock, 'now'> = steadyClock) {
    this.#clock = clock;
  }

  open(document: DocumentRef, version: number, text: string): void {
    if (isSecretPath(document.path, document.root)) return;
    const key = mirrorKey(document);
    this.#documents.set(key, { version, text });
    this.history.interrupt(key);
  }

  /** Applies edits one after the other, as the editor reports them; ignored for a document never opened. */
  change(document: DocumentRef, version: number, edits: readonly TextEdit[]): void {
    const key = mirrorKey(document);
    const current = this.#documents.get(key);
    if (!current) return;
    const versions = { fromVersion: current.version, toVersion: version };
    const at = this.#clock.now();
    const text = edits.reduce((textBefore, edit) => {
      const { startOffset, endOffset } = edit;
      const textAfter = textBefore.slice(0, startOffset) + edit.text + textBefore.slice(endOffset);
      this.history.record({ document: key, ...versions, textBefore, textAfter, edit, at });
      return textAfter;
    }, current.text);
    this.#documents.set(key, { version, text });
  }

  close(document: DocumentRef): void {
    const key = mirrorKey(document);
    this.#documents.delete(key);
    this.history.interrupt(key);
  }

  /** The live text, or `undefined` when the document is not open. */
  text(document: DocumentRef): string | undefined {
    return this.#documents.get(mirrorKey(document))?.text;
  }

  /** The open buffers of a folder, with their paths. */
  *texts(root: string): Generator<readonly [path: string, text: string]> {
    for (const [key, { text }] of this.#documents) {
      if (key.startsWith(`${root}\0`)) yield [key.slice(root.length + 1), text];
    }
  }

  /** The live text only if exactly this version is mirrored: an older question is no longer worth answering. */
  textAt(document: DocumentRef, version: number): string | undefined {
    const current = this.#documents.get(mirrorKey(document));
    return current?.version === version ? current.text : undefined;
  }
}

/** Names a document among those of all folders. */
export function mirrorKey(document: DocumentRef): string {
  return `${document.root}\0${document.path}`;
}
