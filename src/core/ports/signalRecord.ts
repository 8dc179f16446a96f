/** What the ledger stores. The complete field list is in docs/privacy.md; add a field there first. */
import type { Provenance } from '../shared/provenance.ts';

/** What made a suggestion or an answer; only the source is known of what was recorded before the rest was kept. */
export type RecordedProvenance = Pick<Provenance, 'source'> & Partial<Provenance>;

export interface OfferedSignal {
  readonly kind: 'offered';
  /** Random, joins the records of one suggestion. */
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** SHA-256 of the workspace folder's real path, first 16 hex digits. */
  readonly workspace: string;
  readonly language: string;
  /** UTF-16 units and lines of the suggestion; the text itself is never stored. */
  readonly length: number;
  readonly lines: number;
  /** 0…1, as the source gave it. */
  readonly confidence: number;
  /** Absent, like the two below, in what was recorded before it was kept. */
  readonly position?: CursorPosition;
  readonly trigger?: SuggestionTrigger;
  /** Version of Touchstone, from its manifest. */
  readonly program?: string;
  readonly provenance: RecordedProvenance;
}

/** `blank-line`: nothing but white space on the cursor's line; `line-end`: nothing but that behind the cursor. */
export type CursorPosition = 'blank-line' | 'line-end' | 'inside-line';

/** `automatic`: typing or moving; `invoked`: the developer asked for a suggestion. */
export type SuggestionTrigger = 'automatic' | 'invoked';

/**
 * How long a suggestion was on screen, as far as that can be told: the editor reports neither that it was drawn nor that
 * it was dismissed, so it is the longest it can have been. One for each offer, once it is on offer no more.
 */
export interface ShownSignal {
  readonly kind: 'shown';
  readonly id: string;
  /** When it was last on screen. */
  readonly at: number;
  readonly workspace: string;
  /** Milliseconds from offer to when it came on screen, if it ever did. */
  readonly afterMs: number;
  /** Milliseconds on screen in all, without those in which the window had no focus. */
  readonly visibleMs: number;
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

/** An answer of the chat ended: the denominator of its uses. */
export interface AnsweredSignal {
  readonly kind: 'answered';
  /** That of the answer's `chat` records. */
  readonly id: string;
  readonly at: number;
  /** Empty when the answer is not about one folder alone. */
  readonly workspace: string;
  /** `stopped`: the developer broke it off; `failed`: there is no answer, or not all of it. */
  readonly state: 'done' | 'stopped' | 'failed';
  /** Questions and answers of the conversation before it. */
  readonly turn: number;
  /** UTF-16 units of the answer, as far as it came; the text itself is never stored. */
  readonly length: number;
  /** Places cited. */
  readonly citations: number;
  /** Citations that were checked against the files and those that hold; absent when the answer was not checked. */
  readonly checked?: number;
  readonly supported?: number;
  /** Citations of sources that the model was never given. */
  readonly invented?: number;
  /** Present when the answer says that the workspace does not hold what was asked for. */
  readonly isAbstention?: true;
  readonly program?: string;
  readonly provenance: RecordedProvenance;
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
  | OfferedSignal
  | ShownSignal
  | PartialSignal
  | OutcomeSignal
  | UndoneSignal
  | SurvivalSignal
  | AnsweredSignal
  | ChatSignal;
