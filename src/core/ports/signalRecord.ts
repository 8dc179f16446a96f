/** What the ledger stores. The complete field list is in docs/privacy.md; add a field there first. */

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

/** A piece of the suggestion was accepted, by word or by line. There may be several; none follows an outcome. */
export interface PartialSignal {
  readonly kind: 'partial';
  readonly id: string;
  readonly at: number;
  readonly workspace: string;
  /** Characters of the suggestion that are in the document with this piece. */
  readonly length: number;
  /** Milliseconds from offer to this. */
  readonly afterMs: number;
}

export type SuggestionOutcome =
  /** Inserted whole through the item's command. */
  | 'accepted'
  /** Typed by hand as suggested: at least a word of it. */
  | 'typed-through'
  /** Still on offer and untouched when something else happened; not a rejection. */
  | 'ignored';

/** The end of a suggestion, at most one; a suggestion of which pieces were accepted may have none. */
export interface OutcomeSignal {
  readonly kind: 'outcome';
  readonly id: string;
  readonly at: number;
  readonly workspace: string;
  readonly outcome: SuggestionOutcome;
  /** Why it was ignored; absent otherwise. */
  readonly reason?: IgnoredReason;
  /** Of a suggestion typed through: how many of its characters. */
  readonly length?: number;
  /** Milliseconds from offer to outcome. */
  readonly afterMs: number;
}

/**
 * `diverged`: other text was typed; `superseded`: a different offer took its place; `moved`: the cursor left;
 * `expired`: nothing happened for minutes; `closed`: its editor was left or closed.
 */
export type IgnoredReason = 'diverged' | 'superseded' | 'moved' | 'expired' | 'closed';

/** The next thing done to the document after an acceptance, whole or of a piece, was to undo it. */
export interface UndoneSignal {
  readonly kind: 'undone';
  readonly id: string;
  readonly at: number;
  readonly workspace: string;
  /** Milliseconds from acceptance to undo. */
  readonly afterMs: number;
}

/**
 * How much of an inserted suggestion still stands. `kept`, `edited` and `replaced` by the token distance of what
 * stands there, `removed` when nothing does, `lost` when it cannot be told.
 */
export type SurvivalState = 'kept' | 'edited' | 'replaced' | 'removed' | 'lost';

export interface SurvivalSignal {
  readonly kind: 'survival';
  readonly id: string;
  readonly at: number;
  readonly workspace: string;
  /** Which sample this is: milliseconds from insertion at which it was due. */
  readonly dueMs: number;
  /** Milliseconds from insertion at which it was taken. */
  readonly afterMs: number;
  readonly state: SurvivalState;
  /** 1 for the same tokens, 0 for none of them; absent when lost. */
  readonly similarity?: number;
  /** Characters that stand there now. */
  readonly length: number;
  /**
   * Why it is the last sample, taken early. `closed`: the document or window was closed; `outside`: most of the
   * document was replaced at once or the file changed on disk, as when switching branches.
   */
  readonly reason?: 'closed' | 'outside';
}

/** An answer of the chat was put to use. */
export interface ChatSignal {
  readonly kind: 'chat';
  /** Random, the same for all uses of one answer. */
  readonly id: string;
  readonly at: number;
  /** Empty when the answer is not about one folder alone. */
  readonly workspace: string;
  /** Who wrote the answer, for instance `extractive`; `unknown` while it is being written. */
  readonly source: string;
  readonly action: 'copied' | 'inserted' | 'citation-opened';
  /** What was copied: the whole answer, one code block, or what was selected by hand. */
  readonly part?: 'answer' | 'block' | 'selection';
  /** Characters copied or inserted. */
  readonly length?: number;
}

export type SignalRecord =
  OfferedSignal | PartialSignal | OutcomeSignal | UndoneSignal | SurvivalSignal | ChatSignal;
