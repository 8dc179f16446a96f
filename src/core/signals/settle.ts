import type { IgnoredReason, SignalRecord } from './record.ts';

/** A suggestion that is not on offer any more and whose accept command may still come. */
export interface EndedSuggestion {
  readonly id: string;
  readonly workspace: string;
  readonly offeredAt: number;
  readonly endedAt: number;
  /** Absent when it came into the document, in whole or in part: without the command there is no outcome. */
  readonly reason: IgnoredReason | undefined;
  readonly settlesAt: number;
}

/** How long a command may come after the event that ended its suggestion. */
export const SETTLE_MS = 1000;

/** The same when the suggestion's whole text was inserted: waiting longer holds no record back. */
export const SETTLE_COMPLETE_MS = 10_000;

const MAX_WAITING = 16;

/** Gives their outcome to the suggestions that waited until `at`, and to the oldest when too many wait. */
export function settle(
  ended: readonly EndedSuggestion[],
  at: number,
): { readonly waiting: readonly EndedSuggestion[]; readonly records: readonly SignalRecord[] } {
  const excess = ended.length - MAX_WAITING;
  const waiting: EndedSuggestion[] = [];
  const records: SignalRecord[] = [];
  for (const [index, suggestion] of ended.entries()) {
    if (suggestion.settlesAt > at && index >= excess) waiting.push(suggestion);
    else if (suggestion.reason) records.push(ignoredSignal(suggestion, suggestion.reason));
  }
  return { waiting, records };
}

function ignoredSignal(ended: EndedSuggestion, reason: IgnoredReason): SignalRecord {
  const { id, workspace, offeredAt, endedAt: at } = ended;
  const afterMs = Math.max(0, at - offeredAt);
  return { kind: 'outcome', id, at, workspace, outcome: 'ignored', reason, afterMs };
}
