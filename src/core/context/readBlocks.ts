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

/** A hit whose range is that of a block already: a model has judged these lines, and these are shown, no others. */
export type ContextHit = SearchHit & { readonly isBlock?: boolean };

/** An excerpt and the hits that it shows, best first. */
export interface ReadBlock<H> {
  readonly block: SourceBlock;
  readonly hits: readonly H[];
}

interface Range<H> {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly hits: readonly H[];
}

/**
 * The excerpts behind search results, best first, read from the files as they are now, unsaved edits included: what a
 * ranking model judges and what an answer is made from. Neighbours are joined, the best are widened to whole definitions,
 * and each tells what it lies in; files that are gone and ranges past the end of a file are left out.
 */
export async function readBlocks<H extends ContextHit>(
  hits: readonly H[],
  readLive: ReadLive,
  signal?: AbortSignal,
): Promise<readonly ReadBlock<H>[]> {
  const live = new LiveSources(readLive);
  const sources = new Map<string, SourceText | undefined>();
  const ranges: Range<H>[] = [];
  for (const [at, hit] of hits.entries()) {
    const { path } = hit;
    const source = sources.has(path) ? sources.get(path) : await live.get(path);
    sources.set(path, source);
    signal?.throwIfAborted();
    const isWidened = source !== undefined && at < WIDENED && hit.isBlock !== true;
    const { startLine, endLine } = isWidened ? widenToDefinition(source, hit, MAX_LINES) : hit;
    ranges.push({ path, startLine, endLine, hits: [hit] });
  }
  return joinNeighbours(ranges).flatMap((range) => {
    const block = cutOut(range, sources.get(range.path));
    return block === undefined ? [] : [{ block, hits: range.hits }];
  });
}

/** A range that joins an earlier one takes its rank: the better of both. */
function joinNeighbours<H>(found: readonly Range<H>[]): readonly Range<H>[] {
  const ranges: Range<H>[] = [];
  for (let range of found) {
    let rank = ranges.length;
    // A range that grew may now touch another one.
    for (let at = touching(ranges, range); at >= 0; at = touching(ranges, range)) {
      range = union(ranges[at] ?? range, range);
      ranges.splice(at, 1);
      rank = Math.min(rank, at);
    }
    ranges.splice(rank, 0, range);
  }
  return ranges;
}

function touching<H>(ranges: readonly Range<H>[], range: Range<H>): number {
  return ranges.findIndex((other) => {
    if (other.path !== range.path) return false;
    const gap = Math.max(other.startLine - range.endLine, range.startLine - other.endLine) - 1;
    const joined = union(other, range);
    return gap < 0 || (gap <= JOIN_GAP && joined.endLine - joined.startLine < MAX_LINES);
  });
}

function union<H>(better: Range<H>, other: Range<H>): Range<H> {
  return {
    path: better.path,
    startLine: Math.min(better.startLine, other.startLine),
    endLine: Math.max(better.endLine, other.endLine),
    hits: [...better.hits, ...other.hits],
  };
}

function cutOut(
  range: Pick<SourceBlock, 'path' | 'startLine' | 'endLine'>,
  source: SourceText | undefined,
): SourceBlock | undefined {
  if (!source) return undefined;
  const { lines } = source;
  let first = range.startLine - 1;
  let end = Math.min(range.endLine, lines.length);
  const isBlank = (at: number): boolean => (lines[at] ?? '').trim() === '';
  while (first < end && isBlank(first)) first++;
  while (end > first && isBlank(end - 1)) end--;
  if (first >= end) return undefined;
  const scopes = scopesAround(source, first + 1);
  const block = { path: range.path, startLine: first + 1, endLine: end, lines: lines.slice(first, end) };
  return scopes.length === 0 ? block : { ...block, scopes };
}
