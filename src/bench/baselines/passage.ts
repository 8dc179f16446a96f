import type { Place } from '../../evals/evalCase.ts';

/** A stretch of a file that a search ranks. */
export interface Passage extends Place {
  readonly text: string;
}

/** Something to compare a search with: it ranks passages and knows nothing of files. */
export interface PassageRanking {
  /** The best `count` of the passages, best first; equal ones in the order they were given. */
  search(query: string, count: number): readonly Passage[];
}
