/**
 * Infers what became of inline suggestions from what the stable editor API reports: offers our provider returns,
 * document changes, cursor moves, the accepted item's command, editor switches, and time. A pure state machine.
 *
 * One suggestion is open at a time. Whatever ends it, its outcome waits a moment, because the editor applies an
 * acceptance as an ordinary edit, may ask the provider again, and only then runs the item's command: the command
 * claims the suggestion as accepted even after the edit seemed to end it otherwise. Text of a suggestion that comes
 * in without the command was typed when the editor reports the keyboard with the cursor, and accepted in part when it
 * reports nobody. When it reports something else, the suggestion was not ignored, and nothing more is known about it:
 * it ends without an outcome.
 */
import { least } from '../shared/greatest.ts';
import type { TextEdit } from '../text/textEdit.ts';
import { anchorSuggestion, isComplete, isSameSuggestion, moveAnchored } from './anchoredSuggestion.ts';
import { beginDwell, focusDwell, visibleMs } from './dwell.ts';
import {
  editOpen,
  explain,
  held,
  type InsertedText,
  insertedText,
  isUnclear,
  isWordTyped,
  type LifecycleEvent,
  openSuggestion,
  type OpenSuggestion,
  type SuggestionOffer,
} from './openSuggestion.ts';
import type { IgnoredReason, SignalRecord } from '../ports/signalRecord.ts';
import {
  editEnded,
  explainEnded,
  loseInserted,
  settle,
  SETTLE_COMPLETE_MS,
  SETTLE_MS,
  type EndedSuggestion,
  type Verdict,
} from './settle.ts';

export interface LifecycleState {
  /** Whether the window has the focus: elsewhere nobody looks at what is on offer. */
  readonly isFocused: boolean;
  readonly open: OpenSuggestion | undefined;
  /** Waiting for a late command, oldest first; a bounded number. */
  readonly ended: readonly EndedSuggestion[];
  /** The newest acceptance, while the next change of its document may undo it. */
  readonly undoable: Acceptance | undefined;
}

interface Acceptance {
  readonly id: string;
  readonly workspace: string;
  readonly document: string;
  readonly at: number;
}

export interface LifecycleStep {
  readonly state: LifecycleState;
  readonly records: readonly SignalRecord[];
  /** Texts of suggestions that stand in documents, whole or in part, and whose outcome is known. */
  readonly inserted: readonly InsertedText[];
}

/** An offer nobody touched for so long has expired; long, because ghost text stays and may still be accepted. */
export const EXPIRE_MS = 300_000;

/** An undo so long after an acceptance is not its immediate answer any more. */
export const UNDO_MS = 30_000;

export const initialLifecycle: LifecycleState = {
  isFocused: true,
  open: undefined,
  ended: [],
  undoable: undefined,
};

/** The state after an event, and what became known with it. */
export function advanceLifecycle(state: LifecycleState, event: LifecycleEvent): LifecycleStep {
  const step = transition(state, event);
  const { ended, undoable } = step.state;
  const settled = settle(ended, event.kind === 'closed' ? Infinity : event.at);
  const isOver = event.kind === 'closed' || (undoable && event.at >= undoable.at + UNDO_MS);
  return {
    state: { ...step.state, ended: settled.waiting, undoable: isOver ? undefined : undoable },
    records: [...gone(state.open, step.state.open, event.at), ...step.records, ...settled.records],
    inserted: [...step.inserted, ...settled.inserted],
  };
}

/** A suggestion that is on offer no more was on screen until then at most. */
function gone(
  before: OpenSuggestion | undefined,
  after: OpenSuggestion | undefined,
  at: number,
): readonly SignalRecord[] {
  if (!before || before.id === after?.id) return [];
  const { id, workspace, offeredAt, dwell } = before;
  const afterMs = Math.max(0, (dwell.firstAt ?? at) - offeredAt);
  return [{ kind: 'shown', id, at, workspace, afterMs, visibleMs: visibleMs(dwell, at) }];
}

/** When the next `tick` is due, in milliseconds since the epoch; undefined while nothing waits for time. */
export function nextDeadline({ open, ended, undoable }: LifecycleState): number | undefined {
  const deadlines = ended.map(({ settlesAt }) => settlesAt);
  if (open) deadlines.push(open.touchedAt + EXPIRE_MS);
  if (undoable) deadlines.push(undoable.at + UNDO_MS);
  return deadlines.length === 0 ? undefined : least(deadlines);
}

function transition(state: LifecycleState, event: LifecycleEvent): LifecycleStep {
  const { open } = state;
  switch (event.kind) {
    case 'offered':
      return offer(state, event.id, event.offer, event.at);
    case 'accepted':
      return accept(state, event.id, event.at);
    case 'changed':
      return change(state, event);
    case 'cursorMoved':
      return moveCursor(state, event);
    case 'editorChanged':
      return silent(open?.document === event.document ? state : end(state, 'closed', event.at));
    case 'windowFocus':
      return silent(focusWindow(state, event.isFocused, event.at));
    case 'documentLost':
      return silent({ ...state, ended: loseInserted(state.ended, event.document) });
    case 'tick':
      return silent(open && event.at >= open.touchedAt + EXPIRE_MS ? end(state, 'expired', event.at) : state);
    case 'closed':
      return silent(end(state, 'closed', event.at));
  }
}

function silent(state: LifecycleState): LifecycleStep {
  return { state, records: [], inserted: [] };
}

function focusWindow(state: LifecycleState, isFocused: boolean, at: number): LifecycleState {
  const { open } = state;
  return {
    ...state,
    isFocused,
    open: open && { ...open, dwell: focusDwell(open.dwell, at, isFocused) },
  };
}

function offer(state: LifecycleState, id: string, made: SuggestionOffer, at: number): LifecycleStep {
  const { workspace, document, language, confidence, position, trigger, provenance, edit } = made;
  const { open } = state;
  const anchored = anchorSuggestion(made);
  if (open?.document === document && isSameSuggestion(open.anchored, anchored)) {
    return silent({ ...state, open: { ...open, anchored, touchedAt: at } });
  }
  const lines = sum(edit.changes.map(({ text }) => text.split('\n').length));
  const length = sum(edit.changes.map(({ text }) => text.length));
  return {
    ...silent({
      ...end(state, 'superseded', at),
      open: openSuggestion({ id, workspace, document, dwell: beginDwell(at, state.isFocused) }, made, at),
    }),
    records: [
      {
        kind: 'offered',
        id,
        at,
        workspace,
        language,
        length,
        lines,
        confidence,
        position,
        trigger,
        provenance,
      },
    ],
  };
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

type Change = Extract<LifecycleEvent, { kind: 'changed' }>;

function change(state: LifecycleState, event: Change): LifecycleStep {
  const { document, edits, at } = event;
  const { open, undoable } = state;
  const edited = edits.reduce((current, each) => edit(current, document, each, at), state);
  const isTakenBack =
    event.isUndo === true && (edited.open?.taken.length ?? Infinity) < (open?.taken.length ?? 0);
  return {
    state: {
      ...edited,
      ...(isTakenBack && { open: undefined }),
      undoable: undoable?.document === document ? undefined : undoable,
    },
    records: [
      ...(undoable && isUndoOf(undoable, event) ? [undoneSignal(undoable, undoable.at, at)] : []),
      ...(open && isTakenBack ? [undoneSignal(open, open.takenAt, at)] : []),
    ],
    inserted: [],
  };
}

function edit(state: LifecycleState, document: string, made: TextEdit, at: number): LifecycleState {
  const isMeant = state.open?.document === document;
  const open = isMeant ? editOpen(state.open, made) : undefined;
  const before = open === 'left' ? end(state, 'diverged', at) : state;
  const followed = { ...before, ended: editEnded(before.ended, document, made) };
  if (open === undefined || open === 'left') return followed;
  const next = { ...followed, open: { ...open, touchedAt: at } };
  return isComplete(open.anchored) ? end(next, 'complete', at) : next;
}

function isUndoOf(undoable: Acceptance, { document, edits, isUndo, at }: Change): boolean {
  const isDeletion = edits.some(({ startOffset, endOffset, text }) => text.length < endOffset - startOffset);
  return isUndo === true && undoable.document === document && at < undoable.at + UNDO_MS && isDeletion;
}

function undoneSignal(
  { id, workspace }: Pick<Acceptance, 'id' | 'workspace'>,
  since: number,
  at: number,
): SignalRecord {
  return { kind: 'undone', id, at, workspace, afterMs: Math.max(0, at - since) };
}

function moveCursor(
  state: LifecycleState,
  { document, offset, by, at }: Extract<LifecycleEvent, { kind: 'cursorMoved' }>,
): LifecycleStep {
  const explained = { ...state, ended: explainEnded(state.ended, document, by) };
  const { open } = explained;
  if (open?.document !== document) return silent(explained);
  const anchored = moveAnchored(open.anchored, offset);
  if (anchored === 'left') return silent(end(explained, 'moved', at));
  const moved = explain({ ...open, anchored }, by, at);
  const isPiece = moved.taken.length > open.taken.length && open.unexplained.trim() !== '';
  return { ...silent({ ...explained, open: moved }), records: isPiece ? [partialSignal(moved, at)] : [] };
}

function partialSignal(open: OpenSuggestion, at: number): SignalRecord {
  const { id, workspace, offeredAt } = open;
  return { kind: 'partial', id, at, workspace, length: held(open), afterMs: Math.max(0, at - offeredAt) };
}

function accept(state: LifecycleState, id: string, at: number): LifecycleStep {
  const ended = state.ended.find((each) => each.id === id);
  const accepted = state.open?.id === id ? state.open : ended;
  if (!accepted) return silent(state);
  const { workspace, document, offeredAt } = accepted;
  return {
    state: {
      ...state,
      open: state.open?.id === id ? undefined : state.open,
      ended: state.ended.filter((each) => each !== ended),
      undoable: { id, workspace, document, at },
    },
    records: [
      { kind: 'outcome', id, at, workspace, outcome: 'accepted', afterMs: Math.max(0, at - offeredAt) },
    ],
    inserted: ended?.isComplete && ended.inserted ? [ended.inserted] : [],
  };
}

/** Nothing is open any more; what was waits for its command. */
function end(state: LifecycleState, how: IgnoredReason | 'complete', at: number): LifecycleState {
  const { open } = state;
  if (!open) return state;
  const { id, workspace, document, offeredAt } = open;
  const ended: EndedSuggestion = {
    id,
    workspace,
    document,
    offeredAt,
    endedAt: at,
    ...verdictOf(open, how),
    isComplete: how === 'complete',
    isPartial: open.taken !== '',
    inserted: insertedText(open, at),
    settlesAt: at + (how === 'complete' ? SETTLE_COMPLETE_MS : SETTLE_MS),
  };
  return { ...state, open: undefined, ended: [...state.ended, ended] };
}

function verdictOf(
  open: OpenSuggestion,
  how: IgnoredReason | 'complete',
): Pick<EndedSuggestion, 'verdict' | 'ifTyped'> {
  const typedThrough: Verdict = { outcome: 'typed-through', length: held(open) };
  if (how === 'complete') return { verdict: undefined, ifTyped: typedThrough };
  if (open.taken !== '' || isUnclear(open)) return { verdict: undefined, ifTyped: undefined };
  const verdict = isWordTyped(open) ? typedThrough : { outcome: 'ignored' as const, reason: how };
  return { verdict, ifTyped: undefined };
}
