/**
 * One way of finding places for a question: by words, by vectors, by the names in it, by what a person works on. A source
 * gives what it found with the evidence for it, and knows nothing of the others: what a find of each is worth beside one of
 * another is decided by the ranking that follows.
 */
export interface PlaceSource<Name extends string, Found> {
  /** Tells its finds, and how it went, from those of other sources; no two of one list have the same. */
  readonly name: Name;
  /**
   * The places for a question, best first; about `count` of them, fewer or none where it knows no more, and more where each
   * is wanted. Rejects when `signal` aborts. For any other reason it rejects only if no answer at all is better than one
   * without it; a source that can be done without says in the log what went wrong and gives nothing. It keeps its own
   * deadline: whoever asks waits for all.
   */
  find(question: string, count: number, signal: AbortSignal): Promise<readonly Found[]>;
}
