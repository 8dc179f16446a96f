import { randomUUID } from 'node:crypto';
import { l10n, window, type Uri } from 'vscode';
import type { Clock, Logger } from '../core/ports.ts';
import type { ChatEngine } from './chatView/chatEngine.ts';
import { createChatNotes } from './chatView/chatNotes.ts';
import { ChatSession } from './chatView/chatSession.ts';
import { ChatViewProvider } from './chatView/chatViewProvider.ts';
import { views } from './contributions.ts';
import { DisposableStore, type Disposable } from './disposableStore.ts';
import type { IndexStatusBoard } from './indexStatusBoard.ts';
import { insertAtCursor } from './insertAtCursor.ts';
import type { LocationViewer } from './locationViewer.ts';
import type { ChatSignals } from './signals/chatSignals.ts';
import { chatBlocked, statusLine } from './statusText.ts';
import { subscribeCalmly } from './subscribeCalmly.ts';

export interface ChatPartsOptions {
  readonly engine: ChatEngine;
  readonly board: IndexStatusBoard;
  readonly extensionUri: Uri;
  readonly viewer: LocationViewer;
  readonly signals: ChatSignals;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Builds the chat: one session for the window, its view, and the line about the index above the input. */
export function registerChat({
  engine,
  board,
  extensionUri,
  viewer,
  signals,
  clock,
  log,
}: ChatPartsOptions): Disposable {
  const store = new DisposableStore();
  const session = store.add(
    new ChatSession({
      engine,
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
  return store;
}
