/** Counts shown on the feedback page, derived from the ledger alone. */
export interface FeedbackSummary {
  readonly total: OutcomeCounts;
  readonly byLanguage: Readonly<Record<string, OutcomeCounts>>;
  readonly bySource: Readonly<Record<string, OutcomeCounts>>;
  /** The newest suggestions, newest first, at most 50. */
  readonly recent: readonly RecentSuggestion[];
}

export interface OutcomeCounts {
  readonly offered: number;
  readonly accepted: number;
  readonly ignored: number;
}

export interface RecentSuggestion {
  readonly at: number;
  readonly language: string;
  readonly source: string;
  readonly length: number;
  readonly outcome: 'accepted' | 'ignored' | 'pending';
}
