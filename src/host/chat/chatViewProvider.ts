import type { Uri, WebviewView, WebviewViewProvider } from 'vscode';
import { loadPage } from '../webview/webviewPage.ts';
import type { ChatSession } from './chatSession.ts';

/** Shows the chat session in the side bar. The editor destroys a hidden view and asks for a new one when it is shown. */
export class ChatViewProvider implements WebviewViewProvider {
  readonly #extensionUri: Uri;
  readonly #session: ChatSession;

  constructor(extensionUri: Uri, session: ChatSession) {
    this.#extensionUri = extensionUri;
    this.#session = session;
  }

  resolveWebviewView({ webview, onDidDispose }: WebviewView): void {
    const received = webview.onDidReceiveMessage((message: unknown) => {
      this.#session.receive(message);
    });
    const attached = this.#session.attach((message) => {
      // Resolves to false while the view is hidden: it asks for everything when it is shown again.
      void webview.postMessage(message);
    });
    onDidDispose(() => {
      received.dispose();
      attached.dispose();
    });
    loadPage(webview, this.#extensionUri, { title: 'Touchstone', name: 'chat' });
  }
}
