/**
 * A suggested edit tied to the line it begins in, followed through the edits of its document. Both texts start at the line's first
 * column, so one comparison tells whether the developer types along the suggestion, has all of it, or left it. The
 * shadow copy is needed because an accepting edit is not minimal: after a partial acceptance the editor replaces the
 * range from its start.
 */
import { applyEdit, isInsertionOnly, type SuggestedEdit, type TextEdit } from '../text/textEdit.ts';

export interface AnchoredSuggestion {
  /** UTF-16 offset in the document of the line the suggestion starts in. */
  readonly lineStart: number;
  /** What the document holds from `lineStart` to the end of the range that accepting would replace. */
  readonly present: string;
  /** What `present` would become by accepting; line breaks are `\n`. */
  readonly target: string;
  /** Where the cursor should be, as an index into `present`. */
  readonly cursor: number;
  /** What stands behind the cursor but belongs to `target`: replaced text and closers the editor typed by itself. */
  readonly tail: string;
  /** The editor has not yet told where the cursor went with the last edit. */
  readonly cursorIsGuess: boolean;
}

/** They differ where the document breaks lines with `\r\n`. */
export interface MatchedPrefix {
  readonly length: number;
  readonly targetLength: number;
}

const CLOSERS = /^[)\]}>"'`]*$/;

/** An edit that was offered, and where. */
export interface OfferedEdit {
  readonly edit: SuggestedEdit;
  /** UTF-16 offset in the document of the line in which the edit begins. */
  readonly lineStart: number;
  /** What the document holds from there to the end of the last range that the edit replaces. */
  readonly present: string;
  /** UTF-16 offset in the document. */
  readonly cursor: number;
}

/** A suggestion at the moment it is offered. */
export function anchorSuggestion({ edit, lineStart, present, cursor }: OfferedEdit): AnchoredSuggestion {
  const column = cursor - lineStart;
  return {
    lineStart,
    present,
    target: applyEdit(present, edit, lineStart).replaceAll('\r\n', '\n'),
    cursor: column,
    tail: present.slice(Math.max(0, column)),
    cursorIsGuess: false,
  };
}

/** The suggestion after one edit of its document. */
export function editAnchored(suggestion: AnchoredSuggestion, edit: TextEdit): AnchoredSuggestion | 'left' {
  const { lineStart, present } = suggestion;
  const start = edit.startOffset - lineStart;
  if (start > present.length) return suggestion;
  const end = edit.endOffset - lineStart;
  const along = start < 0 ? 'left' : editLine(suggestion, start, end, edit.text);
  // Whole lines put in front of the line only move it.
  const isBefore = end < 0 || (end === 0 && edit.text.endsWith('\n'));
  if (along === 'left' && isBefore) {
    return { ...suggestion, lineStart: lineStart + edit.text.length - (end - start) };
  }
  return along;
}

/** `present` with `start` to `end` replaced by `text`, if that still leads to the target. */
function editLine(
  suggestion: AnchoredSuggestion,
  start: number,
  end: number,
  text: string,
): AnchoredSuggestion | 'left' {
  const { present, target, tail } = suggestion;
  const edited = present.slice(0, start) + text + present.slice(end);
  const match = matchPrefix(edited, target);
  const rest = edited.slice(match.length);
  const isProgress = match.targetLength > matchPrefix(present, target).targetLength;
  if (!isExpectedRest(rest, tail, isProgress)) return 'left';
  // The editor shows ghost text only where insertions alone lead to the target.
  if (!isInsertionOnly(rest, target.slice(match.targetLength))) return 'left';
  const cursor = Math.min(start + text.length, match.length);
  return { ...suggestion, present: edited, cursor, tail: rest, cursorIsGuess: true };
}

/** True when the whole suggestion is in the document. */
export function isComplete({ present, target }: AnchoredSuggestion): boolean {
  return matchPrefix(present, target).targetLength === target.length;
}

/** The suggestion once the editor reported its cursor at document offset `offset`. */
export function moveAnchored(suggestion: AnchoredSuggestion, offset: number): AnchoredSuggestion | 'left' {
  const { lineStart, present, target, cursor } = suggestion;
  const column = offset - lineStart;
  if (column === cursor) return { ...suggestion, cursorIsGuess: false };
  // Reports of several quick edits may lag behind; the cursor is where it should be only with the last of them.
  const isOnTheWay =
    suggestion.cursorIsGuess &&
    column >= 0 &&
    column <= present.length &&
    matchPrefix(present.slice(0, column), target).length === column;
  return isOnTheWay ? suggestion : 'left';
}

/** True when accepting either would leave the same document: the newer one offers the older one's remainder. */
export function isSameSuggestion(older: AnchoredSuggestion, newer: AnchoredSuggestion): boolean {
  const rebased = fromLine(older, newer.lineStart);
  if (!rebased) return false;
  const [short, long] = rebased.present.length < newer.present.length ? [rebased, newer] : [newer, rebased];
  return (
    long.present.startsWith(short.present) &&
    short.target + long.present.slice(short.present.length) === long.target
  );
}

/** Both texts from a later line on, once the lines before it were typed as suggested. */
function fromLine(
  { lineStart, present, target }: AnchoredSuggestion,
  later: number,
): { readonly present: string; readonly target: string } | undefined {
  const skipped = later - lineStart;
  if (skipped < 0 || skipped > present.length) return undefined;
  const match = matchPrefix(present.slice(0, skipped), target);
  if (match.length < skipped) return undefined;
  return { present: present.slice(skipped), target: target.slice(match.targetLength) };
}

/** How much of the target stands in `present`: the length of that part in either text. */
export function matched({ present, target }: AnchoredSuggestion): MatchedPrefix {
  return matchPrefix(present, target);
}

/** Behind the typed part only the known tail may stand, and closers that came with a character typed along. */
function isExpectedRest(rest: string, tail: string, isProgress: boolean): boolean {
  if (tail.endsWith(rest)) return true;
  return isProgress && rest.endsWith(tail) && CLOSERS.test(rest.slice(0, rest.length - tail.length));
}

/** The longest common prefix, with `\r\n` in `present` equal to `\n` in `target`; its length in either text. */
function matchPrefix(present: string, target: string): MatchedPrefix {
  let at = 0;
  let inTarget = 0;
  while (at < present.length && inTarget < target.length) {
    const isBreak = present.startsWith('\r\n', at) && target[inTarget] === '\n';
    if (!isBreak && present[at] !== target[inTarget]) break;
    at += isBreak ? 2 : 1;
    inTarget++;
  }
  return { length: at, targetLength: inTarget };
}
