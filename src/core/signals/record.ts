/** What the ledger stores. The complete field list is in docs/privacy.md; add a field there first. */

export type SuggestionOutcome =
  /** Inserted whole through the item's command. */
  | 'accepted'
  /** Still on offer and untouched when something else happened; not a rejection. */
  | 'ignored';

export interface OfferedSignal {
  readonly kind: 'offered';
  /** Random, joins the records of one suggestion. */
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** SHA-256 of the workspace folder's real path, first 16 hex digits. */
  readonly workspace: string;
  readonly language: string;
  /** Which source proposed the text, for instance `workspace-model`. */
  readonly source: string;
  /** UTF-16 units and lines of the suggestion; the text itself is never stored. */
  readonly length: number;
  readonly lines: number;
  /** 0…1, as the source gave it. */
  readonly confidence: number;
}

export interface OutcomeSignal {
  readonly kind: 'outcome';
  readonly id: string;
  readonly at: number;
  readonly workspace: string;
  readonly outcome: SuggestionOutcome;
  /** Why it was ignored; absent for acceptances. */
  readonly reason?: IgnoredReason;
  /** Milliseconds from offer to outcome. */
  readonly afterMs: number;
}

/**
 * `diverged`: other text was typed; `superseded`: a different offer took its place; `moved`: the cursor left;
 * `expired`: nothing happened for minutes; `closed`: its editor was left or closed.
 */
export type IgnoredReason = 'diverged' | 'superseded' | 'moved' | 'expired' | 'closed';

export type SignalRecord = OfferedSignal | OutcomeSignal;
