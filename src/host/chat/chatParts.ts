import { randomUUID } from 'node:crypto';
import { env, l10n, type Uri, type WebviewView, type WebviewViewProvider, window } from 'vscode';
import type { Clock, Logger } from '../../core/ports/runtime.ts';
import type { SessionStore } from '../../core/ports/sessionStore.ts';
import { views } from '../editor/contributions.ts';
import { type Disposable, DisposableStore } from '../editor/disposableStore.ts';
import type { LocationViewer } from '../editor/locationViewer.ts';
import { choose, inform, warn } from '../editor/notify.ts';
import type { IndexStatusBoard } from '../indexStatus/indexStatusBoard.ts';
import { chatBlocked, statusLine } from '../indexStatus/statusText.ts';
import type { ChatSignals } from '../signals/chatSignals.ts';
import { loadPage } from '../webview/webviewPage.ts';
import { subscribeDebounced } from '../workspace/subscribeDebounced.ts';
import type { ChatEngine } from './chatEngine.ts';
import { createChatNotes } from './chatNotes.ts';
import { ChatSession } from './chatSession.ts';
import { approveHidden } from './hiddenCharacters.ts';
import { SessionKeeper } from './sessionKeeper.ts';

interface ChatPartsOptions {
  readonly engine: ChatEngine;
  readonly sessions: SessionStore;
  readonly board: IndexStatusBoard;
  readonly extensionUri: Uri;
  readonly viewer: LocationViewer;
  readonly signals: ChatSignals;
  readonly clock: Clock;
  readonly log: Logger;
}

/** The chat, as the rest of the window sees it. */
interface Chat extends Disposable {
  /** Brings back the conversation of before; call it once, when the engine is open. */
  restore(): Promise<void>;
  /** Stops what is running and keeps the conversation; call it before the engine is closed. */
  close(): Promise<void>;
}

/** Builds the chat: one session for the window, its view, and the line about the index above the input. */
export function registerChat({
  engine,
  sessions,
  board,
  extensionUri,
  viewer,
  signals,
  clock,
  log,
}: ChatPartsOptions): Chat {
  const store = new DisposableStore();
  const keeper = new SessionKeeper({
    store: sessions,
    newId: randomUUID,
    clock,
    log,
    onProblem: (problem) => void warn(problem),
  });
  const session = store.add(
    new ChatSession({
      engine,
      keeper,
      openLocation: (...location) => viewer.open(...location),
      insertAtCursor,
      approve: (text, use) => approveHidden(text, use, { choose, l10n }),
      copyText: (text) => env.clipboard.writeText(text),
      refused: () => {
        void inform(
          l10n.t(
            'This code is not found in the answer, so nothing was inserted or copied. Wait until the answer is whole, or select the text and copy it: characters that do not show stay behind.',
          ),
        );
      },
      signals,
      notes: createChatNotes(l10n),
      newId: randomUUID,
      clock,
      log,
    }),
  );
  store.add(
    subscribeDebounced(board, clock, (overview) => {
      session.setAvailability({ status: statusLine(overview, l10n), blocked: chatBlocked(overview, l10n) });
    }),
  );
  store.add(window.registerWebviewViewProvider(views.chat, new ChatViewProvider(extensionUri, session)));
  return {
    restore: () => session.restore(),
    close: () => session.close(),
    dispose: () => {
      store.dispose();
    },
  };
}

/** Shows the chat session in the side bar. The editor destroys a hidden view and asks for a new one when it is shown. */
class ChatViewProvider implements WebviewViewProvider {
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

/** Puts text in place of the selection of the editor used last, and shows it there. False when no editor takes it. */
async function insertAtCursor(text: string): Promise<boolean> {
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
