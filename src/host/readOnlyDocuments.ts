import { EventEmitter, Uri, workspace, type Disposable } from 'vscode';

const SCHEME = 'touchstone';

/** Documents that we write and the user only reads, such as the feedback page. */
export class ReadOnlyDocuments {
  readonly #texts = new Map<string, string>();
  readonly #changed = new EventEmitter<Uri>();
  readonly #registration: Disposable;

  constructor() {
    this.#registration = workspace.registerTextDocumentContentProvider(SCHEME, {
      onDidChange: this.#changed.event,
      provideTextDocumentContent: (uri) => this.#texts.get(uri.path) ?? '',
    });
  }

  /** Sets the text of the document with this file name, open editors included, and returns its address. */
  write(name: string, text: string): Uri {
    const uri = Uri.from({ scheme: SCHEME, path: `/${name}` });
    this.#texts.set(uri.path, text);
    this.#changed.fire(uri);
    return uri;
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}
