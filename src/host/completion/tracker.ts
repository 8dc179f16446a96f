import { randomUUID } from 'node:crypto';
import {
  TextDocumentChangeReason,
  TextEditorSelectionChangeKind,
  window,
  workspace,
  type TextDocument,
  type TextDocumentChangeEvent,
} from 'vscode';
import type { Clock } from '../../core/ports/runtime.ts';
import type { CursorMover, SuggestionOffer } from '../../core/signals/openSuggestion.ts';
import { SuggestionTracker, type DocumentChange } from '../../core/signals/suggestionTracker.ts';
import { DisposableStore } from '../editor/disposableStore.ts';
import { toTextEdits } from '../workspace/documents.ts';
import { onSignalsEnabledChanged, signalsEnabled } from '../editor/settings.ts';
import { watchReloads } from '../signals/watchReloads.ts';
import type { SignalBatch } from '../signals/signalBatch.ts';

export interface InlineTrackerOptions {
  readonly batch: SignalBatch;
  readonly clock: Clock;
}

/** Feeds the editor's events to the suggestion tracker and its records to the ledger, unless the user said no. */
export class InlineTracker {
  readonly #clock: Clock;
  readonly #batch: SignalBatch;
  readonly #subscriptions = new DisposableStore();
  /** Absent while recording is switched off. */
  #tracker: SuggestionTracker | undefined;

  constructor({ batch, clock }: InlineTrackerOptions) {
    this.#clock = clock;
    this.#batch = batch;
    this.#setEnabled(signalsEnabled());
    this.#listen();
  }

  /** Announces a suggestion that the provider is about to return; the result is the argument of its command. */
  offered(offer: SuggestionOffer): string {
    return this.#tracker?.offered(offer) ?? '';
  }

  /** The command of a suggestion ran: its text is in the document. */
  accepted(id: string): void {
    this.#tracker?.accepted(id);
  }

  /** Says the last word on every suggestion so far; later events concern later ones alone. */
  settle(): void {
    this.#setEnabled(false);
    this.#setEnabled(signalsEnabled());
  }

  /** Settles open suggestions and follows no more. */
  dispose(): void {
    this.#subscriptions.dispose();
    this.#setEnabled(false);
  }

  #setEnabled(enabled: boolean): void {
    if (enabled === (this.#tracker !== undefined)) return;
    this.#tracker?.close();
    this.#tracker = enabled ? this.#createTracker() : undefined;
  }

  #createTracker(): SuggestionTracker {
    const tracker = new SuggestionTracker({ clock: this.#clock, newId: randomUUID }, (records) => {
      this.#batch.add(records);
    });
    tracker.windowFocus(window.state.focused);
    return tracker;
  }

  #listen(): void {
    const add = this.#subscriptions.add.bind(this.#subscriptions);
    add(
      onSignalsEnabledChanged((enabled) => {
        this.#setEnabled(enabled);
      }),
    );
    add(
      workspace.onDidChangeTextDocument((event) => {
        if (event.contentChanges.length === 0) return;
        this.#tracker?.changed(nameOf(event.document), toDocumentChange(event));
      }),
    );
    add(
      window.onDidChangeTextEditorSelection(({ textEditor, kind }) => {
        if (textEditor !== window.activeTextEditor) return;
        const { document, selection } = textEditor;
        const offset = document.offsetAt(selection.active);
        this.#tracker?.cursorMoved(nameOf(document), offset, kind && movers[kind]);
      }),
    );
    add(
      window.onDidChangeActiveTextEditor((editor) => {
        this.#tracker?.editorChanged(editor && nameOf(editor.document));
      }),
    );
    add(
      window.onDidChangeWindowState(({ focused }) => {
        this.#tracker?.windowFocus(focused);
      }),
    );
    add(
      workspace.onDidCloseTextDocument((document) => {
        this.#tracker?.documentClosed(nameOf(document));
      }),
    );
    add(
      watchReloads(this.#clock, (document) => {
        this.#tracker?.reloaded(nameOf(document));
      }),
    );
  }
}

const movers: Readonly<Record<TextEditorSelectionChangeKind, CursorMover>> = {
  [TextEditorSelectionChangeKind.Keyboard]: 'keyboard',
  [TextEditorSelectionChangeKind.Mouse]: 'mouse',
  [TextEditorSelectionChangeKind.Command]: 'command',
};

function nameOf({ uri }: TextDocument): string {
  return uri.toString();
}

function toDocumentChange(event: TextDocumentChangeEvent): DocumentChange {
  const { document, reason } = event;
  return {
    edits: toTextEdits(event),
    lengthAfter: document.offsetAt(document.lineAt(document.lineCount - 1).range.end),
    isUndo: reason === TextDocumentChangeReason.Undo,
  };
}
