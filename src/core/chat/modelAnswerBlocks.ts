import type { ReadLive } from '../grounding/checkCitations.ts';
import type { SourceBlock } from '../prompts/sourceBlock.ts';
import type { SearchHit } from '../retrieval/hit.ts';
import { splitLines } from '../text/splitLines.ts';

/** Two places this close are one: the lines between them cost less than a block of their own. */
const JOIN_GAP = 5;
/** A chunk may be longer, but joined ones stop growing here: a citation of half a file helps nobody. */
const MAX_LINES = 80;

interface Range {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
}

/**
 * The excerpts behind search results, best first, read from the files as they are now, unsaved edits included. Neighbours
 * are joined; files that are gone and ranges past the end of a file are left out.
 */
export async function readBlocks(
  hits: readonly SearchHit[],
  readLive: ReadLive,
  signal?: AbortSignal,
): Promise<readonly SourceBlock[]> {
  const texts = new Map<string, readonly string[] | undefined>();
  for (const { path } of hits) {
    if (texts.has(path)) continue;
    const text = await readLive(path);
    signal?.throwIfAborted();
    texts.set(path, text === undefined ? undefined : splitLines(text));
  }
  return joinNeighbours(hits).flatMap((range) => cutOut(range, texts.get(range.path)));
}

/** A range that joins an earlier one takes its rank: the better of both. */
function joinNeighbours(hits: readonly SearchHit[]): readonly Range[] {
  const ranges: Range[] = [];
  for (const { path, startLine, endLine } of hits) {
    let range: Range = { path, startLine, endLine };
    let rank = ranges.length;
    // A range that grew may now touch another one.
    for (let at = touching(ranges, range); at >= 0; at = touching(ranges, range)) {
      range = union(range, ranges[at] ?? range);
      ranges.splice(at, 1);
      rank = Math.min(rank, at);
    }
    ranges.splice(rank, 0, range);
  }
  return ranges;
}

function touching(ranges: readonly Range[], range: Range): number {
  return ranges.findIndex((other) => {
    if (other.path !== range.path) return false;
    const gap = Math.max(other.startLine - range.endLine, range.startLine - other.endLine) - 1;
    const joined = union(other, range);
    return gap < 0 || (gap <= JOIN_GAP && joined.endLine - joined.startLine < MAX_LINES);
  });
}

function union(a: Range, b: Range): Range {
  return {
    path: a.path,
    startLine: Math.min(a.startLine, b.startLine),
    endLine: Math.max(a.endLine, b.endLine),
  };
}

function cutOut(range: Range, lines: readonly string[] | undefined): readonly SourceBlock[] {
  if (!lines) return [];
  let first = range.startLine - 1;
  let end = Math.min(range.endLine, lines.length);
  const isBlank = (at: number): boolean => (lines[at] ?? '').trim() === '';
  while (first < end && isBlank(first)) first++;
  while (end > first && isBlank(end - 1)) end--;
  if (first >= end) return [];
  return [{ path: range.path, startLine: first + 1, endLine: end, lines: lines.slice(first, end) }];
}
