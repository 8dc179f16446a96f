import { lineStarts } from '../../core/text/lineStarts.ts';
import type { IndexedText } from '../../evals/hiddenText.ts';
import type { Passage } from './passage.ts';

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
