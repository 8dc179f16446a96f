/** The suggestion on offer: how much of it is in the document, and who put it there. */

import type { CursorPosition, SuggestionTrigger } from '../ports/signalRecord.ts';
import type { Provenance } from '../shared/provenance.ts';
import type { TextEdit } from '../text/textEdit.ts';
import {
  type AnchoredSuggestion,
  anchorSuggestion,
  editAnchored,
  matched,
  type OfferedEdit,
} from './anchoredSuggestion.ts';
import type { Dwell } from './dwell.ts';

/** Who moved the cursor, as the editor reports it; it reports nobody when an inline suggestion is accepted. */
export type CursorMover = 'keyboard' | 'mouse' | 'command';

export interface OpenSuggestion {
  readonly id: string;
  readonly workspace: string;
  readonly document: string;
  readonly offeredAt: number;
  /** When it was last offered or its document edited. */
  readonly touchedAt: number;
  readonly dwell: Dwell;
  readonly anchored: AnchoredSuggestion;
  /** The first offer, followed through all edits; its text comes in from `base` on, an index into either text. */
  readonly first: { readonly anchored: AnchoredSuggestion; readonly base: number } | undefined;
  /** What came in of it, in order: by hand, by accepting pieces, and by edits whose author is not known yet. */
  readonly typed: string;
  readonly taken: string;
  readonly unexplained: string;
  /** When the last piece was accepted. */
  readonly takenAt: number;
  /** Several characters came in at once, and it is not known how. */
  readonly isUnclear: boolean;
}

/** A suggestion that has just been offered; `at` in milliseconds since the epoch. */
export function openSuggestion(
  identity: Pick<OpenSuggestion, 'id' | 'workspace' | 'document' | 'dwell'>,
  offered: OfferedEdit,
  at: number,
): OpenSuggestion {
  const anchored = anchorSuggestion(offered);
  return {
    ...identity,
    offeredAt: at,
    touchedAt: at,
    anchored,
    first: { anchored, base: matched(anchored).targetLength },
    typed: '',
    taken: '',
    unexplained: '',
    takenAt: at,
    isUnclear: false,
  };
}

/** The suggestion after one edit of its document, or `left` when the edit leads elsewhere. */
export function editOpen(open: OpenSuggestion, edit: TextEdit): OpenSuggestion | 'left' {
  const anchored = editAnchored(open.anchored, edit);
  if (anchored === 'left') return 'left';
  const first = open.first && editAnchored(open.first.anchored, edit);
  const moved = {
    ...open,
    anchored,
    first: open.first && first && first !== 'left' ? { ...open.first, anchored: first } : undefined,
  };
  const before = matched(open.anchored).targetLength;
  const after = matched(anchored).targetLength;
  return after >= before
    ? { ...moved, unexplained: open.unexplained + anchored.target.slice(before, after) }
    : takeBack(moved, before - after);
}

/** Characters of the suggestion in the document that were not there when it was offered. */
export function held({ typed, taken, unexplained }: OpenSuggestion): number {
  return typed.length + taken.length + unexplained.length;
}

/** The last `count` characters went again. */
function takeBack(open: OpenSuggestion, count: number): OpenSuggestion {
  const unexplained = dropEnd(open.unexplained, count);
  const fromTyped = Math.max(0, count - open.unexplained.length);
  const typed = dropEnd(open.typed, fromTyped);
  const taken = dropEnd(open.taken, Math.max(0, fromTyped - open.typed.length));
  return { ...open, unexplained, typed, taken };
}

function dropEnd(text: string, count: number): string {
  return text.slice(0, Math.max(0, text.length - count));
}

/** The editor reported the cursor after the last edits, and with it who made them. */
export function explain(open: OpenSuggestion, by: CursorMover | undefined, at: number): OpenSuggestion {
  const { unexplained } = open;
  if (unexplained === '') return open;
  const explained = { ...open, unexplained: '' };
  if (by === 'keyboard') return { ...explained, typed: open.typed + unexplained };
  if (by === undefined) return { ...explained, taken: open.taken + unexplained, takenAt: at };
  return {
    ...explained,
    typed: open.typed + unexplained,
    isUnclear: open.isUnclear || isSeveral(unexplained),
  };
}

/** True when nothing can be said about how its text came in. */
export function isUnclear(open: OpenSuggestion): boolean {
  return open.isUnclear || isSeveral(open.unexplained);
}

function isSeveral(text: string): boolean {
  return text.trim().length > 1;
}

/** True when at least its first word was typed by hand. */
export function isWordTyped({ typed, anchored }: OpenSuggestion): boolean {
  const rest = anchored.target.slice(matched(anchored).targetLength);
  const word = /[\p{L}\p{N}_]+/u.exec(typed + rest);
  return word !== null && word.index + word[0].length <= typed.length;
}

/** What of it stands in the document, and where; `undefined` when that is nothing, or not known. */
export function insertedText(open: OpenSuggestion, at: number): InsertedText | undefined {
  if (!open.first) return undefined;
  const { id, workspace, document } = open;
  const { anchored, base } = open.first;
  const text = anchored.present.slice(base, matched(anchored).length);
  if (text.trim() === '') return undefined;
  return { id, workspace, document, at, start: anchored.lineStart + base, text, remaining: text };
}

/** Text of a suggestion that came into a document, in whole or in part. In memory while it is followed, never stored. */
export interface InsertedText {
  /** The suggestion's id. */
  readonly id: string;
  readonly workspace: string;
  readonly document: string;
  /** When it came in, in milliseconds since the epoch. */
  readonly at: number;
  /** UTF-16 offset in the document. */
  readonly start: number;
  readonly text: string;
  /** What has become of it. */
  readonly remaining: string;
}

/**
 * The inserted text after an edit of its document. What is put in at its ends stays outside, so that typing on behind
 * a suggestion does not change it; what replaces text across its ends belongs to it.
 */
export function editInserted(inserted: InsertedText, edit: TextEdit): InsertedText {
  const { start, remaining } = inserted;
  const { startOffset, endOffset, text } = edit;
  const end = start + remaining.length;
  // Text put in where all was removed stands in its place.
  const isRefill = start === end && startOffset === start && endOffset === start;
  if (startOffset >= end && !isRefill) return inserted;
  if (endOffset <= start && !isRefill) {
    return { ...inserted, start: start + text.length - (endOffset - startOffset) };
  }
  const before = remaining.slice(0, Math.max(0, startOffset - start));
  const after = remaining.slice(endOffset - start);
  return { ...inserted, start: Math.min(start, startOffset), remaining: before + text + after };
}

/** What the provider returned, and where. */
export interface SuggestionOffer extends OfferedEdit {
  readonly workspace: string;
  /** Names the document among all open ones; compared only. */
  readonly document: string;
  readonly language: string;
  readonly confidence: number;
  readonly position: CursorPosition;
  readonly trigger: SuggestionTrigger;
  readonly provenance: Provenance;
}

/** Where a cursor stands, `column` UTF-16 units into its line. */
export function positionIn(line: string, column: number): CursorPosition {
  if (line.trim() === '') return 'blank-line';
  return line.slice(column).trim() === '' ? 'line-end' : 'inside-line';
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
      /** The editor says that this undoes an earlier change. */
      readonly isUndo?: boolean;
    }
  | {
      readonly kind: 'cursorMoved';
      readonly at: number;
      readonly document: string;
      readonly offset: number;
      /** Absent when the editor names nobody, as after an acceptance. */
      readonly by?: CursorMover | undefined;
    }
  | { readonly kind: 'accepted'; readonly at: number; readonly id: string }
  /** Another editor, or none, became the active one. */
  | { readonly kind: 'editorChanged'; readonly at: number; readonly document: string | undefined }
  /** The window got the focus of the desktop, or lost it. */
  | { readonly kind: 'windowFocus'; readonly at: number; readonly isFocused: boolean }
  /** It was closed, or replaced by what is on disk: what came in before is followed no further. */
  | { readonly kind: 'documentLost'; readonly at: number; readonly document: string }
  /** Time passed: due by `nextDeadline` at the latest. */
  | { readonly kind: 'tick'; readonly at: number }
  /** No more events will come: settles everything at once. */
  | { readonly kind: 'closed'; readonly at: number };
