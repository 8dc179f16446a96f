import { lineStarts } from '../../core/text/lines.ts';
import type { Place } from '../../evals/evalCase.ts';
import type { IndexedText } from '../../evals/hiddenText.ts';

const LINES = 40;

/** Cuts a text into windows of forty lines, one after the other: what a search does that knows nothing of code. */
export function lineWindows({ path, text }: IndexedText): readonly Passage[] {
  const starts = lineStarts(text);
  const windows: Passage[] = [];
  for (let first = 0; first < starts.length; first += LINES) {
    const end = Math.min(first + LINES, starts.length);
    windows.push({ path, startLine: first + 1, endLine: end, text: text.slice(starts[first], starts[end]) });
  }
  return windows;
}

/** A stretch of a file that a search ranks. */
export interface Passage extends Place {
  readonly text: string;
}

/** Something to compare a search with: it ranks passages and knows nothing of files. */
export interface PassageRanking {
  /** The best `count` of the passages, best first; equal ones in the order they were given. */
  search(query: string, count: number): readonly Passage[];
}

export interface ScoredPassage {
  readonly passage: Passage;
  readonly score: number;
}
