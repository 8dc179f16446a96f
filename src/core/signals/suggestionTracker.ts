import type { Clock } from '../ports.ts';
import type { TextEdit } from '../text/textEdit.ts';
import type { SignalRecord } from './record.ts';
import {
  advanceLifecycle,
  initialLifecycle,
  nextDeadline,
  type LifecycleEvent,
  type SuggestionOffer,
} from './suggestionLifecycle.ts';

/**
 * The editor's side of the suggestion lifecycle. Report every event in the order the editor delivers it; `document`
 * is any name that is unique among open documents, such as its URI.
 */
export interface SuggestionTracker {
  /**
   * The provider is about to return `offer` for the document's current version. Returns the id to put into the
   * item's command: a new one, or that of the open suggestion when the offer is what remains of it.
   */
  offered(offer: SuggestionOffer): string;
  /** `edits` in the order reported: each applies to the text that the one before it left. */
  changed(document: string, edits: readonly TextEdit[]): void;
  /** `offset` is where the primary cursor now is, in UTF-16 units. */
  cursorMoved(document: string, offset: number): void;
  /** The item's command ran. Unknown ids, and ids that have an outcome, are ignored. */
  accepted(id: string): void;
  /** Another editor, or none, became the active one, or the active document was closed. */
  editorChanged(document: string | undefined): void;
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
  let state = initialLifecycle;
  let timer: { readonly due: number; readonly cancel: () => void } | undefined;

  function schedule(): void {
    const due = nextDeadline(state);
    if (due === timer?.due) return;
    timer?.cancel();
    timer =
      due === undefined
        ? undefined
        : { due, cancel: clock.setTimer(onTimer, Math.max(0, due - clock.now())) };
  }

  function onTimer(): void {
    timer = undefined;
    advance({ kind: 'tick', at: clock.now() });
  }

  function advance(event: LifecycleEvent): void {
    const step = advanceLifecycle(state, event);
    state = step.state;
    schedule();
    if (step.records.length > 0) emit(step.records);
  }

  return {
    offered(offer) {
      const id = newId();
      advance({ kind: 'offered', at: clock.now(), id, offer });
      return state.open?.id ?? id;
    },
    changed: (document, edits) => {
      advance({ kind: 'changed', at: clock.now(), document, edits });
    },
    cursorMoved: (document, offset) => {
      advance({ kind: 'cursorMoved', at: clock.now(), document, offset });
    },
    accepted: (id) => {
      advance({ kind: 'accepted', at: clock.now(), id });
    },
    editorChanged: (document) => {
      advance({ kind: 'editorChanged', at: clock.now(), document });
    },
    close: () => {
      advance({ kind: 'closed', at: clock.now() });
    },
  };
}
