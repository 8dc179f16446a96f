import type { ReadLive } from '../grounding/checkCitations.ts';
import type { SourceBlock } from '../prompts/sourceBlock.ts';
import type { SearchHit } from '../retrieval/hit.ts';
import type { SourceText } from '../retrieval/sourceText.ts';
import { scopesAround, widenToDefinition } from './enclosingDefinition.ts';
import { LiveSources } from './liveSources.ts';

/** Two places this close are one: the lines between them cost less than a block of their own. */
const JOIN_GAP = 5;
/** A chunk may be longer, but joined ones stop growing here: a citation of half a file helps nobody. */
const MAX_LINES = 80;
/**
 * The best places are shown with the whole of the definitions that they cut. What more of them would take up costs others
 * their place: see `docs/decisions/2026-11-21-whole-definitions.md`.
 */
const WIDENED = 3;

interface Range {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
}

/**
 * The excerpts behind search results, best first, read from the files as they are now, unsaved edits included. Neighbours
 * are joined, the best are widened to whole definitions, and each tells what it lies in; files that are gone and ranges
 * past the end of a file are left out.
 */
export async function readBlocks(
  hits: readonly SearchHit[],
  readLive: ReadLive,
  signal?: AbortSignal,
): Promise<readonly SourceBlock[]> {
  const live = new LiveSources(readLive);
  const sources = new Map<string, SourceText | undefined>();
  for (const { path } of hits) {
    if (sources.has(path)) continue;
    sources.set(path, await live.get(path));
    signal?.throwIfAborted();
  }
  const ranges = hits.map((hit, at): Range => {
    const source = sources.get(hit.path);
    return source && at < WIDENED ? { path: hit.path, ...widenToDefinition(source, hit, MAX_LINES) } : hit;
  });
  return joinNeighbours(ranges).flatMap((range) => cutOut(range, sources.get(range.path)));
}

/** A range that joins an earlier one takes its rank: the better of both. */
function joinNeighbours(hits: readonly Range[]): readonly Range[] {
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

function cutOut(range: Range, source: SourceText | undefined): readonly SourceBlock[] {
  if (!source) return [];
  const { lines } = source;
  let first = range.startLine - 1;
  let end = Math.min(range.endLine, lines.length);
  const isBlank = (at: number): boolean => (lines[at] ?? '').trim() === '';
  while (first < end && isBlank(first)) first++;
  while (end > first && isBlank(end - 1)) end--;
  if (first >= end) return [];
  const scopes = scopesAround(source, first + 1);
  const block = { path: range.path, startLine: first + 1, endLine: end, lines: lines.slice(first, end) };
  return [scopes.length === 0 ? block : { ...block, scopes }];
}
