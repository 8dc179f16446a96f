/** One search result: a range of a file of the workspace. */
export interface SearchHit {
  readonly path: string;
  /** 1-based, inclusive. */
  readonly startLine: number;
  readonly endLine: number;
  /** Fused score; comparable within one result list only. */
  readonly score: number;
  /** What each leg gave this hit; a leg that did not find it is absent. */
  readonly legs: Readonly<Partial<Record<SearchLeg, number>>>;
}

/**
 * `lexical` and `dense` are found by words and by vectors of the index. A `mention` is named in the question by its path, a
 * `symbol` by its name; `recent` is what the person looks at and edits, and `modified` what differs from the last commit.
 */
export type SearchLeg = 'lexical' | 'dense' | 'mention' | 'symbol' | 'recent' | 'modified';
