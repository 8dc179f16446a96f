import { window, workspace, type TextDocument } from 'vscode';
import type { DocumentRef } from '../../protocol/engine.ts';
import { DisposableStore } from '../editor/disposableStore.ts';
import { locateDocument } from '../workspace/workspaceFolders.ts';

/** Files that count as being worked on. */
const MAX = 10;

/** Knows what the person works on: the files on screen, and those looked at and edited last. */
export class RecentDocuments {
  readonly #store = new DisposableStore();
  /** Keys are paths with their roots; the last one is the most recent. */
  readonly #used = new Map<string, DocumentRef>();

  constructor() {
    this.#store.add(
      window.onDidChangeActiveTextEditor((editor) => {
        if (editor) this.#use(editor.document);
      }),
    );
    this.#store.add(
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#use(document);
      }),
    );
  }

  /** Most recent first; what is on screen comes before what is not. */
  get list(): readonly DocumentRef[] {
    const visible = window.visibleTextEditors.flatMap(({ document }) => locateDocument(document.uri) ?? []);
    const used = new Map(
      [...visible, ...[...this.#used.values()].reverse()].map((each) => [keyOf(each), each]),
    );
    return [...used.values()].slice(0, MAX);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #use({ uri }: TextDocument): void {
    const document = locateDocument(uri);
    if (!document) return;
    const key = keyOf(document);
    this.#used.delete(key);
    this.#used.set(key, document);
    const [oldest] = this.#used.keys();
    if (this.#used.size > MAX && oldest !== undefined) this.#used.delete(oldest);
  }
}

function keyOf({ root, path }: DocumentRef): string {
  return `${root}\n${path}`;
}
