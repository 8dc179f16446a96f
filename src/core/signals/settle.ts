import { type CursorMover, editInserted, type InsertedText } from './openSuggestion.ts';
import type { IgnoredReason, OutcomeSignal, SignalRecord } from '../ports/signalRecord.ts';
import type { TextEdit } from '../text/textEdit.ts';

/** A suggestion that is not on offer any more and whose accept command may still come. */
export interface EndedSuggestion {
  readonly id: string;
  readonly workspace: string;
  readonly document: string;
  readonly offeredAt: number;
  readonly endedAt: number;
  /** Its outcome if the command does not come; absent when nothing, or enough already, is known. */
  readonly verdict: Verdict | undefined;
  /** All of it is in the document. */
  readonly isComplete: boolean;
  /** Its verdict if the editor reports that the edit which completed it was made with the keyboard. */
  readonly ifTyped: Verdict | undefined;
  /** Pieces of it were accepted, as is recorded already. */
  readonly isPartial: boolean;
  /** What of it came into the document, followed through edits. */
  readonly inserted: InsertedText | undefined;
  readonly settlesAt: number;
}

export type Verdict =
  | { readonly outcome: 'ignored'; readonly reason: IgnoredReason }
  | { readonly outcome: 'typed-through'; readonly length: number };

/** What became known as suggestions settled. */
export interface Settled {
  readonly waiting: readonly EndedSuggestion[];
  readonly records: readonly SignalRecord[];
  /** Texts that stand in documents, to be followed further. */
  readonly inserted: readonly InsertedText[];
}

/** How long a command may come after the event that ended its suggestion. */
export const SETTLE_MS = 1000;

/** The same when the suggestion's whole text was inserted: waiting longer holds no record back. */
export const SETTLE_COMPLETE_MS = 10_000;

const MAX_WAITING = 16;

/** Gives their outcome to the suggestions that waited until `at`, and to the oldest when too many wait. */
export function settle(ended: readonly EndedSuggestion[], at: number): Settled {
  const excess = ended.length - MAX_WAITING;
  const isWaiting = (suggestion: EndedSuggestion, index: number) =>
    suggestion.settlesAt > at && index >= excess;
  const settled = ended.filter((suggestion, index) => !isWaiting(suggestion, index));
  return {
    waiting: ended.filter(isWaiting),
    records: settled.flatMap(({ verdict, ...suggestion }) =>
      verdict ? [outcomeOf(suggestion, verdict)] : [],
    ),
    inserted: settled.filter(isUsed).flatMap(({ inserted }) => inserted ?? []),
  };
}

function isUsed({ verdict, isPartial }: EndedSuggestion): boolean {
  return isPartial || verdict?.outcome === 'typed-through';
}

function outcomeOf(
  { id, workspace, offeredAt, endedAt: at }: Omit<EndedSuggestion, 'verdict'>,
  verdict: Verdict,
): OutcomeSignal {
  return { kind: 'outcome', id, at, workspace, ...verdict, afterMs: Math.max(0, at - offeredAt) };
}

/** Follows what came into this document through an edit of it. */
export function editEnded(
  ended: readonly EndedSuggestion[],
  document: string,
  edit: TextEdit,
): readonly EndedSuggestion[] {
  return ended.map((suggestion) =>
    suggestion.document === document && suggestion.inserted
      ? { ...suggestion, inserted: editInserted(suggestion.inserted, edit) }
      : suggestion,
  );
}

/** What came into this document cannot be followed any more. */
export function loseInserted(
  ended: readonly EndedSuggestion[],
  document: string,
): readonly EndedSuggestion[] {
  return ended.map((suggestion) =>
    suggestion.document === document ? { ...suggestion, inserted: undefined } : suggestion,
  );
}

/** The editor reported the cursor after an edit that completed a suggestion: by hand, it was typed through. */
export function explainEnded(
  ended: readonly EndedSuggestion[],
  document: string,
  by: CursorMover | undefined,
): readonly EndedSuggestion[] {
  return ended.map(({ ifTyped, ...suggestion }) => {
    const isMeant = suggestion.document === document && ifTyped !== undefined;
    if (!isMeant) return { ...suggestion, ifTyped };
    const verdict = by === 'keyboard' ? ifTyped : suggestion.verdict;
    return { ...suggestion, verdict, ifTyped: undefined };
  });
}
