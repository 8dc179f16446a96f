import { randomUUID } from 'node:crypto';
import { window, workspace } from 'vscode';
import type { Clock, Logger } from '../../core/ports.ts';
import type { SuggestionOffer } from '../../core/signals/suggestionLifecycle.ts';
import { createSuggestionTracker, type SuggestionTracker } from '../../core/signals/suggestionTracker.ts';
import { DisposableStore } from '../disposableStore.ts';
import { toTextEdits } from '../documents.ts';
import type { EngineClient } from '../engine/engineClient.ts';
import { onSignalsEnabledChanged, signalsEnabled } from '../settings.ts';
import { SignalBatch } from './signalBatch.ts';

export interface InlineTrackerOptions {
  readonly engine: EngineClient;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Feeds the editor's events to the suggestion tracker and its records to the ledger, unless the user said no. */
export class InlineTracker {
  readonly #clock: Clock;
  readonly #batch: SignalBatch;
  readonly #subscriptions = new DisposableStore();
  /** Absent while recording is switched off. */
  #tracker: SuggestionTracker | undefined;

  constructor({ engine, clock, log }: InlineTrackerOptions) {
    this.#clock = clock;
    this.#batch = new SignalBatch({ send: (records) => engine.recordSignals(records), clock, log });
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

  /** Waits until what is known so far is in the ledger. */
  flush(): Promise<void> {
    return this.#batch.flush();
  }

  /** Settles open suggestions and waits until everything is in the ledger. */
  async close(): Promise<void> {
    this.#subscriptions.dispose();
    this.#setEnabled(false);
    await this.#batch.flush();
  }

  #setEnabled(enabled: boolean): void {
    if (enabled === (this.#tracker !== undefined)) return;
    this.#tracker?.close();
    this.#tracker = enabled ? this.#createTracker() : undefined;
  }

  #createTracker(): SuggestionTracker {
    return createSuggestionTracker({ clock: this.#clock, newId: randomUUID }, (records) => {
      this.#batch.add(records);
    });
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
        this.#tracker?.changed(event.document.uri.toString(), toTextEdits(event));
      }),
    );
    add(
      window.onDidChangeTextEditorSelection(({ textEditor }) => {
        const { document, selection } = textEditor;
        if (textEditor !== window.activeTextEditor) return;
        this.#tracker?.cursorMoved(document.uri.toString(), document.offsetAt(selection.active));
      }),
    );
    add(
      window.onDidChangeActiveTextEditor((editor) => {
        this.#tracker?.editorChanged(editor?.document.uri.toString());
      }),
    );
  }
}
