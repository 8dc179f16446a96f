import { randomBytes } from 'node:crypto';
import { Uri, type WebviewView, type WebviewViewProvider } from 'vscode';
import type { ChatSession } from './chatSession.ts';
import { chatHtml } from './html.ts';

/** Shows the chat session in the side bar. The editor destroys a hidden view and asks for a new one when it is shown. */
export class ChatViewProvider implements WebviewViewProvider {
  readonly #extensionUri: Uri;
  readonly #session: ChatSession;

  constructor(extensionUri: Uri, session: ChatSession) {
    this.#extensionUri = extensionUri;
    this.#session = session;
  }

  resolveWebviewView({ webview, onDidDispose }: WebviewView): void {
    const media = Uri.joinPath(this.#extensionUri, 'media');
    const bundle = Uri.joinPath(this.#extensionUri, 'dist', 'webview');
    webview.options = { enableScripts: true, localResourceRoots: [media, bundle] };
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
    webview.html = chatHtml({
      cspSource: webview.cspSource,
      nonce: randomBytes(16).toString('base64url'),
      scriptUri: webview.asWebviewUri(Uri.joinPath(bundle, 'chat.js')).toString(),
      styleUri: webview.asWebviewUri(Uri.joinPath(media, 'chat.css')).toString(),
    });
  }
}
