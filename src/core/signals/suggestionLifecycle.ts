/**
 * Infers what became of inline suggestions from what the stable editor API reports: offers our provider returns,
 * document changes, cursor moves, the accepted item's command, editor switches, and time. A pure state machine.
 *
 * One suggestion is open at a time. Whatever ends it, its outcome waits a moment, because the editor applies an
 * acceptance as an ordinary edit, may ask the provider again, and only then runs the item's command: the command
 * claims the suggestion as accepted even after the edit seemed to end it otherwise. A suggestion that came into the
 * document whole without its command, or of which several characters were inserted at once, was not ignored, and
 * nothing else is known about it: it ends without an outcome.
 */
import type { TextEdit } from '../text/textEdit.ts';
import {
  anchorSuggestion,
  editAnchored,
  gained,
  isComplete,
  isSameSuggestion,
  moveAnchored,
  type AnchoredSuggestion,
} from './anchoredSuggestion.ts';
import type { IgnoredReason, OfferedSignal, SignalRecord } from './record.ts';
import { settle, SETTLE_COMPLETE_MS, SETTLE_MS, type EndedSuggestion } from './settle.ts';

/** What the provider returned, and where. */
export interface SuggestionOffer {
  readonly workspace: string;
  /** Names the document among all open ones; compared only. */
  readonly document: string;
  readonly language: string;
  /** UTF-16 offset in the document of the cursor's line. */
  readonly lineStart: number;
  /** That line's text up to the end of the range which accepting replaces. */
  readonly lineText: string;
  /** Start of that range and the cursor, as columns of the line: indices into `lineText`. */
  readonly insertAt: number;
  readonly cursor: number;
  /** What accepting puts in place of the range. */
  readonly text: string;
  readonly source: string;
  readonly confidence: number;
}

/** Everything carries `at`, milliseconds since the epoch; events come in the order the editor reports them. */
export type LifecycleEvent =
  /** `id` becomes the suggestion's id unless the offer continues the open one. */
  | { readonly kind: 'offered'; readonly at: number; readonly id: string; readonly offer: SuggestionOffer }
  | {
      readonly kind: 'changed';
      readonly at: number;
      readonly document: string;
      /** In the order reported: each applies to the text that the one before it left. */
      readonly edits: readonly TextEdit[];
    }
  | {
      readonly kind: 'cursorMoved';
      readonly at: number;
      readonly document: string;
      readonly offset: number;
    }
  | { readonly kind: 'accepted'; readonly at: number; readonly id: string }
  /** Another editor, or none, became the active one. */
  | { readonly kind: 'editorChanged'; readonly at: number; readonly document: string | undefined }
  /** Time passed: due by `nextDeadline` at the latest. */
  | { readonly kind: 'tick'; readonly at: number }
  /** No more events will come: settles everything at once. */
  | { readonly kind: 'closed'; readonly at: number };

interface Suggestion {
  readonly id: string;
  readonly workspace: string;
  readonly document: string;
  readonly offeredAt: number;
  /** When it was last offered or its document edited. */
  readonly touchedAt: number;
  readonly anchored: AnchoredSuggestion;
  /** Several of its characters were inserted in one edit. */
  readonly isPartlyTaken: boolean;
}

export interface LifecycleState {
  readonly open: Suggestion | undefined;
  /** Waiting for a late command, oldest first; a bounded number. */
  readonly ended: readonly EndedSuggestion[];
}

export interface LifecycleStep {
  readonly state: LifecycleState;
  readonly records: readonly SignalRecord[];
}

/** An offer nobody touched for so long has expired; long, because ghost text stays and may still be accepted. */
export const EXPIRE_MS = 300_000;

export const initialLifecycle: LifecycleState = { open: undefined, ended: [] };

/** The state after an event, and what became known with it. */
export function advanceLifecycle(state: LifecycleState, event: LifecycleEvent): LifecycleStep {
  const { state: next, records } = transition(state, event);
  const settled = settle(next.ended, event.kind === 'closed' ? Infinity : event.at);
  return { state: { open: next.open, ended: settled.waiting }, records: [...records, ...settled.records] };
}

/** When the next `tick` is due, in milliseconds since the epoch; undefined while nothing waits for time. */
export function nextDeadline({ open, ended }: LifecycleState): number | undefined {
  const deadlines = ended.map(({ settlesAt }) => settlesAt);
  if (open) deadlines.push(open.touchedAt + EXPIRE_MS);
  return deadlines.length === 0 ? undefined : Math.min(...deadlines);
}

function transition(state: LifecycleState, event: LifecycleEvent): LifecycleStep {
  const { open } = state;
  switch (event.kind) {
    case 'offered':
      return offer(state, event.id, event.offer, event.at);
    case 'accepted':
      return accept(state, event.id, event.at);
    case 'changed':
      return silent(open?.document === event.document ? edit(state, open, event.edits, event.at) : state);
    case 'cursorMoved':
      return silent(open?.document === event.document ? move(state, open, event.offset, event.at) : state);
    case 'editorChanged':
      return silent(open?.document === event.document ? state : end(state, 'closed', event.at));
    case 'tick':
      return silent(open && event.at >= open.touchedAt + EXPIRE_MS ? end(state, 'expired', event.at) : state);
    case 'closed':
      return silent(end(state, 'closed', event.at));
  }
}

function silent(state: LifecycleState): LifecycleStep {
  return { state, records: [] };
}

function offer(state: LifecycleState, id: string, made: SuggestionOffer, at: number): LifecycleStep {
  const { workspace, document } = made;
  const anchored = anchorSuggestion(made);
  const { open } = state;
  if (open?.document === document && isSameSuggestion(open.anchored, anchored)) {
    return silent({ ...state, open: { ...open, anchored, touchedAt: at } });
  }
  const suggestion = {
    id,
    workspace,
    document,
    offeredAt: at,
    touchedAt: at,
    anchored,
    isPartlyTaken: false,
  };
  return {
    state: { ...end(state, 'superseded', at), open: suggestion },
    records: [offeredSignal(id, made, at)],
  };
}

function offeredSignal(id: string, made: SuggestionOffer, at: number): OfferedSignal {
  const { workspace, language, source, confidence, text } = made;
  const lines = text.split('\n').length;
  return { kind: 'offered', id, at, workspace, language, source, length: text.length, lines, confidence };
}

function edit(
  state: LifecycleState,
  open: Suggestion,
  edits: readonly TextEdit[],
  at: number,
): LifecycleState {
  let suggestion = open;
  for (const each of edits) {
    const anchored = editAnchored(suggestion.anchored, each);
    if (anchored === 'left') return end({ ...state, open: suggestion }, 'diverged', at);
    const taken = gained(suggestion.anchored, anchored).trim().length > 1;
    suggestion = { ...suggestion, anchored, isPartlyTaken: suggestion.isPartlyTaken || taken };
    if (isComplete(anchored)) return end({ ...state, open: suggestion }, 'complete', at);
  }
  return { ...state, open: { ...suggestion, touchedAt: at } };
}

function move(state: LifecycleState, open: Suggestion, offset: number, at: number): LifecycleState {
  const anchored = moveAnchored(open.anchored, offset);
  return anchored === 'left' ? end(state, 'moved', at) : { ...state, open: { ...open, anchored } };
}

function accept(state: LifecycleState, id: string, at: number): LifecycleStep {
  const accepted = state.open?.id === id ? state.open : state.ended.find((ended) => ended.id === id);
  if (!accepted) return silent(state);
  const { workspace, offeredAt } = accepted;
  return {
    state: {
      open: state.open?.id === id ? undefined : state.open,
      ended: state.ended.filter((ended) => ended.id !== id),
    },
    records: [
      { kind: 'outcome', id, at, workspace, outcome: 'accepted', afterMs: Math.max(0, at - offeredAt) },
    ],
  };
}

/** Nothing is open any more; what was waits for its command. */
function end(state: LifecycleState, how: IgnoredReason | 'complete', at: number): LifecycleState {
  if (!state.open) return state;
  const { id, workspace, offeredAt, isPartlyTaken } = state.open;
  const isTaken = how === 'complete' || isPartlyTaken;
  const ended: EndedSuggestion = {
    id,
    workspace,
    offeredAt,
    endedAt: at,
    reason: isTaken ? undefined : how,
    settlesAt: at + (how === 'complete' ? SETTLE_COMPLETE_MS : SETTLE_MS),
  };
  return { open: undefined, ended: [...state.ended, ended] };
}
