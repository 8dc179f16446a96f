import { MAX_CHUNK_CHARS, MAX_CHUNK_LINES, type ChunkSpan } from '../ports/chunkSpan.ts';

const COMFORTABLE_CHARS = 1500;
const SMALL_CHARS = 300;
const PER_CHUNK = 16;
const PER_CHAR_TOO_FEW = 6 / SMALL_CHARS;
const PER_CHAR_TOO_MANY = 1 / 250;

/**
 * Among all ways to cut lines into chunks under the caps takes one of least cost, by dynamic programming: every border
 * costs what `borders` says, every chunk costs something, and more when it is too small or too big.
 *
 * @param starts offset of each line's first character; one more entry at the end holds the text's length
 * @param borders cost of a cut just above each line
 */
export function leastCostChunks(starts: readonly number[], borders: Float64Array): readonly ChunkSpan[] {
  const lineCount = starts.length - 1;
  const costs = new Float64Array(lineCount + 1);
  const chunkStarts = new Uint32Array(lineCount + 1);
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
  if (chars < SMALL_CHARS) return PER_CHUNK + (SMALL_CHARS - chars) * PER_CHAR_TOO_FEW;
  if (chars <= COMFORTABLE_CHARS) return PER_CHUNK;
  return PER_CHUNK + (chars - COMFORTABLE_CHARS) * PER_CHAR_TOO_MANY;
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
