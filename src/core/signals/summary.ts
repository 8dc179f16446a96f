import type { Proportion } from './proportion.ts';
import type { SurvivalState } from '../ports/signalRecord.ts';

/** What the feedback page shows, derived from the ledger alone. */
export interface FeedbackSummary {
  readonly total: OutcomeCounts;
  readonly byLanguage: Readonly<Record<string, OutcomeCounts>>;
  readonly bySource: Readonly<Record<string, OutcomeCounts>>;
  /** By model and wording of the prompt; what was made without a prompt is not among them. */
  readonly byVariant: Readonly<Record<string, OutcomeCounts>>;
  /** The days up to the last with a suggestion, without gaps, oldest first, at most 30. */
  readonly days: readonly DayCounts[];
  /** One for each sample time of the ledger, earliest first. */
  readonly survival: readonly SurvivalCounts[];
  readonly chat: ChatCounts;
  /** The newest suggestions, newest first, at most 50. */
  readonly recent: readonly RecentSuggestion[];
}

/**
 * What became of a suggestion in the end. What was inserted and undone counts as `undone` alone, and what was
 * accepted in part as `partial`, whatever happened to the rest of it.
 */
export type FinalOutcome = 'accepted' | 'partial' | 'typed-through' | 'undone' | 'ignored';

/** How many suggestions met each outcome; those of the others are still on offer, or nothing is known about them. */
export interface OutcomeCounts {
  readonly offered: number;
  readonly accepted: number;
  readonly partial: number;
  readonly typedThrough: number;
  readonly undone: number;
  readonly ignored: number;
  /** Accepted, whole or in part, of those whose outcome is known. */
  readonly acceptance: Proportion;
  /** The same without what was ignored before anybody can have looked at it; what was recorded before that is kept counts. */
  readonly acceptanceOfSeen: Proportion;
}

export interface DayCounts {
  /** `YYYY-MM-DD`, of the offer. */
  readonly day: string;
  /** Accepted, whole or in part. */
  readonly accepted: number;
  readonly typedThrough: number;
  /** Ignored or undone. */
  readonly unused: number;
}

/** What stood at one sample time. */
export type SurvivalCounts = Readonly<Record<SurvivalState, number>> & {
  /** Milliseconds after insertion. */
  readonly dueMs: number;
};

/** Answers of the chat, by how they ended. */
export interface AnswerCounts {
  readonly done: number;
  readonly stopped: number;
  readonly failed: number;
  /** Copied from, inserted or followed to a source, of those that have any text. */
  readonly used: Proportion;
}

/** Answers of the chat and how often they were used; uses may be known of answers that are not. */
export interface ChatCounts {
  readonly copied: number;
  readonly inserted: number;
  readonly citationsOpened: number;
  readonly answers: AnswerCounts;
  readonly bySource: Readonly<Record<string, AnswerCounts>>;
  /** By model and wording of the prompt. */
  readonly byVariant: Readonly<Record<string, AnswerCounts>>;
}

export interface RecentSuggestion {
  readonly at: number;
  readonly language: string;
  readonly source: string;
  readonly length: number;
  readonly outcome: FinalOutcome | 'pending';
  /** The last that was seen of its text. */
  readonly survival?: SurvivalState;
}
