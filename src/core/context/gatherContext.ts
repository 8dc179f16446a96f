import type { Clock, Logger } from '../ports/runtime.ts';
import { pause } from '../async/pause.ts';
import type { SearchHit, SearchLeg } from '../retrieval/hit.ts';
import type { Context, Dropped, LegPlace, LegTrace, WorkHints } from './contextLeg.ts';
import { mentionsIn, type Mention } from './mentions.ts';
import { symbolNamesIn } from './symbolNames.ts';

export interface ContextDeps {
  readonly search: (query: string, count: number, signal: AbortSignal) => Promise<readonly SearchHit[]>;
  /** Every indexed path, as search gives it. */
  readonly paths: () => Iterable<string>;
  /** Where the language servers say that something of the name is defined. */
  readonly symbols: (name: string, signal: AbortSignal) => Promise<readonly LegPlace[]>;
  readonly hints: WorkHints;
  /** Those of these paths whose files must not be read, by the rules as they are now; none when absent. */
  readonly leftOut?: (paths: readonly string[]) => Promise<ReadonlySet<string>>;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'debug'>;
}

/** Language servers that take longer are not waited for. */
export const SYMBOLS_MS = 300;
/** Beside the best hit of the search, which is worth 1. What a question names by its path always comes first. */
const WORTH = { mention: 2, symbol: 0.5 } as const;
/** A hit is worth this much more in a file that is being worked on: it decides between near equals only. */
const WORK_SHARE = 0.1;
/** So much of a file that is named without lines. */
const MENTIONED_LINES = 60;
/** Places of one file that come before those of others. */
const A_FILE = 4;

/**
 * Finds the places that a question may be about: by words and vectors, by the paths and names in it, and by what the
 * person works on. All legs run at the same time; only the search is waited for without limit. Rejects when the search
 * does or `signal` aborts.
 */
export async function gatherContext(
  question: string,
  count: number,
  deps: ContextDeps,
  signal: AbortSignal,
): Promise<Context<SearchHit>> {
  const { clock, hints } = deps;
  const legs: LegTrace[] = [];
  const timed = async <T>(leg: LegTrace['leg'], work: Promise<readonly T[]>): Promise<readonly T[]> => {
    const started = clock.now();
    const found = await work;
    legs.push({ leg, found: found.length, elapsedMs: clock.now() - started });
    return found;
  };
  const [found, symbols, mentions] = await Promise.all([
    timed('search', deps.search(question, count, signal)),
    timed('symbol', symbolLeg(question, deps, signal)),
    timed('mention', Promise.resolve(mentionsIn(question, deps.paths()))),
  ]);
  signal.throwIfAborted();
  const best = found[0]?.score ?? 1;
  const named = mentions.reduce((hits, mention) => mentioned(hits, mention, WORTH.mention * best), found);
  const merged = symbols
    .map((place) => toHit(place, 'symbol', WORTH.symbol * best))
    .reduce<readonly SearchHit[]>(merge, named);
  const banned = (await deps.leftOut?.([...new Set(merged.map(({ path }) => path))])) ?? NOTHING;
  const ignored = merged.filter(({ path }) => banned.has(path));
  const allowed = merged.filter(({ path }) => !banned.has(path));
  const ranked = raiseWork(allowed, hints).toSorted((a, b) => b.score - a.score);
  const { kept, dropped } = spread(ranked);
  return {
    hits: kept.slice(0, Math.max(count, mentions.length)),
    trace: { legs, dropped: [...ignored.map((hit) => dropOf(hit, 'ignored')), ...dropped] },
  };
}

const NOTHING: ReadonlySet<string> = new Set();

/** Never rejects: search goes on without language servers. */
async function symbolLeg(
  question: string,
  { symbols, clock, log }: ContextDeps,
  signal: AbortSignal,
): Promise<readonly LegPlace[]> {
  const names = symbolNamesIn(question);
  if (names.length === 0) return [];
  const late = new AbortController();
  const stop = AbortSignal.any([signal, late.signal]);
  try {
    const places = Promise.all(names.map((name) => symbols(name, stop)));
    const none = pause(clock, SYMBOLS_MS, stop).then(() => []);
    return (await Promise.race([places, none])).flat();
  } catch (error) {
    if (!signal.aborted) log.debug('Language servers gave no symbols', error);
    return [];
  } finally {
    late.abort();
  }
}

/** The lines that are named; or what search found in the file, or else its beginning. */
function mentioned(
  hits: readonly SearchHit[],
  { path, lines }: Mention,
  worth: number,
): readonly SearchHit[] {
  const isFound = hits.some((hit) => hit.path === path);
  if (lines || !isFound) {
    const range = lines ?? { startLine: 1, endLine: MENTIONED_LINES };
    return merge(hits, toHit({ path, ...range }, 'mention', worth));
  }
  return hits.map((hit) =>
    hit.path === path ? { ...hit, score: hit.score + worth, legs: { ...hit.legs, mention: worth } } : hit,
  );
}

function toHit(place: LegPlace, leg: SearchLeg, score: number): SearchHit {
  const { path, startLine, endLine } = place;
  return { path, startLine, endLine, score, legs: { [leg]: score } };
}

/** A place that search has found, too, is that hit, and worth more; any other is a hit of its own. */
function merge(hits: readonly SearchHit[], place: SearchHit): readonly SearchHit[] {
  const at = hits.findIndex((hit) => hit.path === place.path && contains(hit, place));
  const hit = hits[at];
  if (!hit) return [...hits, place];
  const raised = { ...hit, score: hit.score + place.score, legs: { ...hit.legs, ...place.legs } };
  return hits.with(at, raised);
}

/** A file that is on screen and changed is raised once. */
function raiseWork(hits: readonly SearchHit[], hints: WorkHints): readonly SearchHit[] {
  const recent = new Set(hints.recent);
  const modified = new Set(hints.modified);
  return hits.map((hit) => {
    const leg = recent.has(hit.path) ? 'recent' : modified.has(hit.path) ? 'modified' : undefined;
    if (leg === undefined) return hit;
    const more = hit.score * WORK_SHARE;
    return { ...hit, score: hit.score + more, legs: { ...hit.legs, [leg]: more } };
  });
}

/** Leaves out what a better hit contains, and puts behind the others what there is too much of in one file. */
function spread(ranked: readonly SearchHit[]): {
  readonly kept: readonly SearchHit[];
  readonly dropped: readonly Dropped[];
} {
  const kept: SearchHit[] = [];
  const crowded: SearchHit[] = [];
  const dropped: Dropped[] = [];
  for (const hit of ranked) {
    const ofFile = kept.filter(({ path }) => path === hit.path);
    if (ofFile.some((better) => contains(better, hit))) dropped.push(dropOf(hit, 'contained'));
    else if (ofFile.length < A_FILE || hit.legs.mention !== undefined) kept.push(hit);
    else {
      crowded.push(hit);
      dropped.push(dropOf(hit, 'crowded'));
    }
  }
  return { kept: [...kept, ...crowded], dropped };
}

function contains(outer: LegPlace, inner: LegPlace): boolean {
  return outer.startLine <= inner.startLine && inner.endLine <= outer.endLine;
}

function dropOf({ path, startLine, endLine }: SearchHit, reason: Dropped['reason']): Dropped {
  return { path, startLine, endLine, reason };
}
