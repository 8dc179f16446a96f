import type { Clock } from '../ports/runtime.ts';
import type { TextEdit } from '../text/textEdit.ts';
import type { CursorMover, LifecycleEvent, SuggestionOffer } from './openSuggestion.ts';
import type { SignalRecord } from '../ports/signalRecord.ts';
import {
  advanceLifecycle,
  initialLifecycle,
  nextDeadline,
  type LifecycleState,
} from './suggestionLifecycle.ts';
import {
  closeSurvivals,
  editSurvivals,
  forgetInserted,
  loseDocument,
  nextSampleAt,
  sampleSurvival,
  trackInserted,
  type SurvivalStep,
  type Survivals,
} from './survival.ts';

/** One change event of a document. */
export interface DocumentChange {
  /** In the order reported: each applies to the text that the one before it left. */
  readonly edits: readonly TextEdit[];
  /** UTF-16 units of the document with the edits. */
  readonly lengthAfter: number;
  /** The editor says that this undoes an earlier change. */
  readonly isUndo: boolean;
}

export interface TrackerPorts {
  readonly clock: Clock;
  /** A random id, unique across sessions. */
  readonly newId: () => string;
}

/**
 * The editor's side of what becomes of suggestions. Report every event in the order the editor delivers it;
 * `document` is any name that is unique among open documents, such as its URI.
 */
export class SuggestionTracker {
  readonly #ports: TrackerPorts;
  readonly #emit: (records: readonly SignalRecord[]) => void;
  #lifecycle: LifecycleState = initialLifecycle;
  #survivals: Survivals = [];
  #timer: { readonly due: number; readonly cancel: () => void } | undefined;

  /** `emit` receives each group of records once, during the call or timer that made them known. */
  constructor(ports: TrackerPorts, emit: (records: readonly SignalRecord[]) => void) {
    this.#ports = ports;
    this.#emit = emit;
  }

  /**
   * The provider is about to return `offer` for the document's current version. Returns the id to put into the
   * item's command: a new one, or that of the open suggestion when the offer is what remains of it.
   */
  offered(offer: SuggestionOffer): string {
    const id = this.#ports.newId();
    this.#advance({ kind: 'offered', at: this.#now(), id, offer });
    return this.#lifecycle.open?.id ?? id;
  }

  changed(document: string, { edits, lengthAfter, isUndo }: DocumentChange): void {
    const at = this.#now();
    this.#survive(editSurvivals(this.#survivals, { document, edits, lengthAfter, at }));
    this.#advance({ kind: 'changed', at, document, edits, isUndo });
  }

  /** `offset` is where the primary cursor now is, in UTF-16 units; `by` is absent when the editor names nobody. */
  cursorMoved(document: string, offset: number, by: CursorMover | undefined): void {
    this.#advance({ kind: 'cursorMoved', at: this.#now(), document, offset, by });
  }

  /** The item's command ran. Unknown ids, and ids that have an outcome, are ignored. */
  accepted(id: string): void {
    this.#advance({ kind: 'accepted', at: this.#now(), id });
  }

  /** Another editor, or none, became the active one. */
  editorChanged(document: string | undefined): void {
    this.#advance({ kind: 'editorChanged', at: this.#now(), document });
  }

  windowFocus(isFocused: boolean): void {
    this.#advance({ kind: 'windowFocus', at: this.#now(), isFocused });
  }

  /** The file changed on disk and the document with it. */
  reloaded(document: string): void {
    const at = this.#now();
    this.#advance({ kind: 'documentLost', at, document });
    this.#survive(loseDocument(this.#survivals, document, at));
    this.#schedule();
  }

  documentClosed(document: string): void {
    const at = this.#now();
    this.#advance({ kind: 'documentLost', at, document });
    this.#survive(closeSurvivals(this.#survivals, document, at));
    this.#schedule();
  }

  /** Gives every suggestion its outcome now; no timer remains. For shutdown and for switching signals off. */
  close(): void {
    const at = this.#now();
    this.#advance({ kind: 'closed', at });
    this.#survive(closeSurvivals(this.#survivals, undefined, at));
    this.#schedule();
  }

  #now(): number {
    return this.#ports.clock.now();
  }

  #advance(event: LifecycleEvent): void {
    const { state, records, inserted } = advanceLifecycle(this.#lifecycle, event);
    this.#lifecycle = state;
    this.#survivals = inserted.reduce(trackInserted, this.#survivals);
    for (const { kind, id } of records) {
      if (kind === 'undone') this.#survivals = forgetInserted(this.#survivals, id);
    }
    if (records.length > 0) this.#emit(records);
    this.#schedule();
  }

  #survive({ state, records }: SurvivalStep): void {
    this.#survivals = state;
    if (records.length > 0) this.#emit(records);
  }

  #schedule(): void {
    const due = Math.min(
      nextDeadline(this.#lifecycle) ?? Infinity,
      nextSampleAt(this.#survivals) ?? Infinity,
    );
    if (due === this.#timer?.due) return;
    this.#timer?.cancel();
    this.#timer = due === Infinity ? undefined : { due, cancel: this.#wakeAt(due) };
  }

  #wakeAt(due: number): () => void {
    const { clock } = this.#ports;
    return clock.setTimer(
      () => {
        this.#timer = undefined;
        const at = clock.now();
        this.#survive(sampleSurvival(this.#survivals, at));
        this.#advance({ kind: 'tick', at });
      },
      Math.max(0, due - clock.now()),
    );
  }
}
