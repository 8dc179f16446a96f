import { randomUUID } from 'node:crypto';
import { l10n, window, type Uri } from 'vscode';
import type { Clock, Logger } from '../../core/ports/runtime.ts';
import type { SessionStore } from '../../core/ports/sessionStore.ts';
import type { ChatEngine } from './chatEngine.ts';
import { createChatNotes } from './chatNotes.ts';
import { ChatSession } from './chatSession.ts';
import { ChatViewProvider } from './chatViewProvider.ts';
import { views } from '../editor/contributions.ts';
import { DisposableStore, type Disposable } from '../editor/disposableStore.ts';
import type { IndexStatusBoard } from '../indexStatus/indexStatusBoard.ts';
import { insertAtCursor } from './insertAtCursor.ts';
import type { LocationViewer } from '../editor/locationViewer.ts';
import { warn } from '../editor/notify.ts';
import type { ChatSignals } from '../signals/chatSignals.ts';
import { chatBlocked, statusLine } from '../indexStatus/statusText.ts';
import { SessionKeeper } from './sessionKeeper.ts';
import { subscribeCalmly } from '../workspace/subscribeCalmly.ts';

export interface ChatPartsOptions {
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
export interface Chat extends Disposable {
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
      signals,
      notes: createChatNotes(l10n),
      newId: randomUUID,
      clock,
      log,
    }),
  );
  store.add(
    subscribeCalmly(board, clock, (overview) => {
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
