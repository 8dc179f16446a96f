import { borderCost } from './borderCost.ts';
import { lineShapes } from './lineShapes.ts';

/** A piece of a file. */
export interface ChunkSpan {
  /** 1-based, inclusive. */
  readonly startLine: number;
  readonly endLine: number;
  /** Half-open range of UTF-16 units, whole lines with their line breaks. */
  readonly startOffset: number;
  readonly endOffset: number;
}

/** No chunk is longer, unless it is a single line. About 500 tokens of code. */
export const MAX_CHUNK_CHARS = 2000;
export const MAX_CHUNK_LINES = 60;

const COMFORTABLE_CHARS = 1500;
const SMALL_CHARS = 300;
const PER_CHUNK = 4;

/**
 * Cuts a text into chunks that tile it, by indentation, blank lines and the signs that begin a line: the same rules
 * for every language. Among all ways to cut it takes one of least cost, where borders inside of nested code, chunks
 * that are too small or too big, and every chunk as such cost something (dynamic programming over the lines).
 */
export function chunkText(text: string): readonly ChunkSpan[] {
  const shapes = lineShapes(text);
  const { starts } = shapes;
  const lineCount = starts.length - 1;
  const costs = new Float64Array(lineCount + 1);
  const chunkStarts = new Uint32Array(lineCount + 1);
  const borders = new Float64Array(lineCount + 1);
  for (let line = 1; line < lineCount; line++) borders[line] = borderCost(shapes, line);
  for (let end = 1; end <= lineCount; end++) {
    const endOffset = starts[end] ?? 0;
    let best = Infinity;
    for (let start = end - 1; start >= 0 && end - start <= MAX_CHUNK_LINES; start--) {
      const chars = endOffset - (starts[start] ?? 0);
      if (chars > MAX_CHUNK_CHARS && start < end - 1) break;
      const cost = (costs[start] ?? 0) + (borders[start] ?? 0) + sizeCost(chars);
      if (cost > best) continue;
      best = cost;
      chunkStarts[end] = start;
    }
    costs[end] = best;
  }
  return spansOf(chunkStarts, starts);
}

function sizeCost(chars: number): number {
  if (chars < SMALL_CHARS) return PER_CHUNK + (6 * (SMALL_CHARS - chars)) / SMALL_CHARS;
  return chars <= COMFORTABLE_CHARS ? PER_CHUNK : PER_CHUNK + (chars - COMFORTABLE_CHARS) / 250;
}

function spansOf(chunkStarts: Uint32Array, starts: readonly number[]): readonly ChunkSpan[] {
  const spans: ChunkSpan[] = [];
  let end = starts.length - 1;
  while (end > 0) {
    const start = chunkStarts[end] ?? 0;
    const startOffset = starts[start] ?? 0;
    const endOffset = starts[end] ?? 0;
    spans.push({ startLine: start + 1, endLine: end, startOffset, endOffset });
    end = start;
  }
  return spans.reverse();
}
