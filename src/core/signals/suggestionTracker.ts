import type { Clock } from '../ports.ts';
import type { TextEdit } from '../text/textEdit.ts';
import type { LifecycleEvent, SuggestionOffer } from './lifecycleEvent.ts';
import type { CursorMover } from './openSuggestion.ts';
import type { SignalRecord } from './record.ts';
import { advanceLifecycle, initialLifecycle, nextDeadline } from './suggestionLifecycle.ts';
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

/**
 * The editor's side of what becomes of suggestions. Report every event in the order the editor delivers it;
 * `document` is any name that is unique among open documents, such as its URI.
 */
export interface SuggestionTracker {
  /**
   * The provider is about to return `offer` for the document's current version. Returns the id to put into the
   * item's command: a new one, or that of the open suggestion when the offer is what remains of it.
   */
  offered(offer: SuggestionOffer): string;
  changed(document: string, change: DocumentChange): void;
  /** `offset` is where the primary cursor now is, in UTF-16 units; `by` is absent when the editor names nobody. */
  cursorMoved(document: string, offset: number, by: CursorMover | undefined): void;
  /** The item's command ran. Unknown ids, and ids that have an outcome, are ignored. */
  accepted(id: string): void;
  /** Another editor, or none, became the active one. */
  editorChanged(document: string | undefined): void;
  /** The file changed on disk and the document with it. */
  reloaded(document: string): void;
  documentClosed(document: string): void;
  /** Gives every suggestion its outcome now; no timer remains. For shutdown and for switching signals off. */
  close(): void;
}

export interface TrackerPorts {
  readonly clock: Clock;
  /** A random id, unique across sessions. */
  readonly newId: () => string;
}

/** `emit` receives each group of records once, during the call or timer that made them known. */
export function createSuggestionTracker(
  { clock, newId }: TrackerPorts,
  emit: (records: readonly SignalRecord[]) => void,
): SuggestionTracker {
  let lifecycle = initialLifecycle;
  let survivals: Survivals = [];
  let timer: { readonly due: number; readonly cancel: () => void } | undefined;

  function schedule(): void {
    const deadlines = [nextDeadline(lifecycle), nextSampleAt(survivals)].filter((due) => due !== undefined);
    const due = deadlines.length === 0 ? undefined : Math.min(...deadlines);
    if (due === timer?.due) return;
    timer?.cancel();
    timer =
      due === undefined
        ? undefined
        : { due, cancel: clock.setTimer(onTimer, Math.max(0, due - clock.now())) };
  }

  function onTimer(): void {
    timer = undefined;
    const at = clock.now();
    survive(sampleSurvival(survivals, at));
    advance({ kind: 'tick', at });
  }

  function survive({ state, records }: SurvivalStep): void {
    survivals = state;
    if (records.length > 0) emit(records);
  }

  function advance(event: LifecycleEvent): void {
    const { state, records, inserted } = advanceLifecycle(lifecycle, event);
    lifecycle = state;
    survivals = inserted.reduce(trackInserted, survivals);
    for (const { kind, id } of records) if (kind === 'undone') survivals = forgetInserted(survivals, id);
    if (records.length > 0) emit(records);
    schedule();
  }

  return {
    offered(offer) {
      const id = newId();
      advance({ kind: 'offered', at: clock.now(), id, offer });
      return lifecycle.open?.id ?? id;
    },
    changed(document, { edits, lengthAfter, isUndo }) {
      const at = clock.now();
      survive(editSurvivals(survivals, { document, edits, lengthAfter, at }));
      advance({ kind: 'changed', at, document, edits, isUndo });
    },
    cursorMoved: (document, offset, by) => {
      advance({ kind: 'cursorMoved', at: clock.now(), document, offset, by });
    },
    accepted: (id) => {
      advance({ kind: 'accepted', at: clock.now(), id });
    },
    editorChanged: (document) => {
      advance({ kind: 'editorChanged', at: clock.now(), document });
    },
    reloaded(document) {
      survive(loseDocument(survivals, document, clock.now()));
      schedule();
    },
    documentClosed(document) {
      survive(closeSurvivals(survivals, document, clock.now()));
      schedule();
    },
    close() {
      advance({ kind: 'closed', at: clock.now() });
      survive(closeSurvivals(survivals, undefined, clock.now()));
      schedule();
    },
  };
}
