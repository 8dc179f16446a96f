/** A question and its answer, as a conversation goes on from them. */
export interface Exchange {
  readonly question: string;
  /** Markdown; not empty. */
  readonly answer: string;
}
