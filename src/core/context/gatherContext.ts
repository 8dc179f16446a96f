import type { Clock } from '../ports/runtime.ts';
import type { SearchHit } from '../retrieval/hit.ts';
import type {
  Context,
  ContextSource,
  ContextSourceName,
  Dropped,
  FoundPlace,
  LegPlace,
  SourceTrace,
} from './contextSource.ts';

interface ContextDeps {
  readonly sources: readonly ContextSource[];
  /** Those of these paths whose files must not be read, by the rules as they are now; none when absent. */
  readonly excluded?: (paths: readonly string[]) => Promise<ReadonlySet<string>>;
  readonly clock: Pick<Clock, 'now'>;
}

const NOTHING: ReadonlySet<string> = new Set();

/**
 * Finds the places that a question may be about: asks all sources at the same time and ranks what they found. Rejects when
 * a source does or `signal` aborts.
 */
export async function gatherContext(
  question: string,
  count: number,
  { sources, excluded, clock }: ContextDeps,
  signal: AbortSignal,
): Promise<Context<SearchHit>> {
  const traces: SourceTrace[] = [];
  const ask = async (source: ContextSource) => {
    const started = clock.now();
    const places = await source.find(question, count, signal);
    traces.push({ source: source.name, found: places.length, elapsedMs: clock.now() - started });
    return [source.name, places] as const;
  };
  const found = new Map(await Promise.all(sources.map(ask)));
  signal.throwIfAborted();
  const joined = joinPlaces(found);
  const banned = (await excluded?.([...new Set(joined.map(({ path }) => path))])) ?? NOTHING;
  const ignored = joined.filter(({ path }) => banned.has(path));
  const ranked = rankHits(
    joined.filter(({ path }) => !banned.has(path)),
    found,
  );
  const { kept, dropped } = spread(ranked);
  return {
    hits: kept.slice(0, Math.max(count, found.get('mention')?.length ?? 0)),
    trace: { sources: traces, dropped: [...ignored.map((hit) => dropOf(hit, 'ignored')), ...dropped] },
  };
}

/** What each source found, in the order of the list of sources. */
type FoundBySource = ReadonlyMap<ContextSourceName, readonly FoundPlace[]>;

/** What a find of a source is worth, as a feature of the hits that it is about. */
type Worth =
  /** Its finds are hits, with scores that all else is measured by. */
  | { readonly kind: 'hits' }
  /** As many times the score of the best hit, added to the hit that has the place; else the place is a hit of that score. */
  | { readonly kind: 'place'; readonly ofBest: number }
  /** The share of its own score by which a hit in the file is raised, by the first source that knows the file. */
  | { readonly kind: 'raise'; readonly share: number };

/** What a question names by its path comes first; what somebody works on decides between near equals only. */
const WORTH: Readonly<Record<ContextSourceName, Worth>> = {
  search: { kind: 'hits' },
  mention: { kind: 'place', ofBest: 2 },
  symbol: { kind: 'place', ofBest: 0.5 },
  recent: { kind: 'raise', share: 0.1 },
  modified: { kind: 'raise', share: 0.1 },
};
/** The order in which features are added up. */
const NAMES = Object.keys(WORTH) as readonly ContextSourceName[];
/** So much of a file that is named without lines. */
const MENTIONED_LINES = 60;
/** Places of one file that come before those of others. */
const MAX_OF_FILE = 4;

/** The hits that sources found, joined: one for each place, with what each source gives it. In no order. */
function joinPlaces(found: FoundBySource): readonly SearchHit[] {
  let hits: readonly SearchHit[] = (found.get('search') ?? []).flatMap(toHit);
  const best = hits[0]?.score ?? 1;
  for (const name of NAMES) {
    const worth = WORTH[name];
    if (worth.kind !== 'place' || name === 'search') continue;
    for (const place of found.get(name) ?? []) hits = addPlace(hits, place, name, worth.ofBest * best);
  }
  return hits;
}

/** Orders hits by all features, best first. */
function rankHits(hits: readonly SearchHit[], found: FoundBySource): readonly SearchHit[] {
  const raises = NAMES.flatMap((name) => {
    const worth = WORTH[name];
    if (worth.kind !== 'raise' || name === 'search') return [];
    return [
      { name, share: worth.share, paths: new Set((found.get(name) ?? []).map(({ path }) => path)) },
    ] as const;
  });
  return hits
    .map((hit) => {
      const raise = raises.find(({ paths }) => paths.has(hit.path));
      if (raise === undefined) return hit;
      const more = hit.score * raise.share;
      return { ...hit, score: hit.score + more, legs: { ...hit.legs, [raise.name]: more } };
    })
    .sort((a, b) => b.score - a.score);
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
    else if (ofFile.length < MAX_OF_FILE || hit.legs.mention !== undefined) kept.push(hit);
    else {
      crowded.push(hit);
      dropped.push(dropOf(hit, 'crowded'));
    }
  }
  return { kept: [...kept, ...crowded], dropped };
}

function dropOf({ path, startLine, endLine }: SearchHit, reason: Dropped['reason']): Dropped {
  return { path, startLine, endLine, reason };
}

function toHit({ path, lines, evidence }: FoundPlace): readonly SearchHit[] {
  return lines && evidence ? [{ path, ...lines, ...evidence }] : [];
}

type PlaceName = Exclude<ContextSourceName, 'search'>;

/** The lines that are meant; where the file is, all hits in it, or else its beginning. */
function addPlace(
  hits: readonly SearchHit[],
  { path, lines }: FoundPlace,
  name: PlaceName,
  score: number,
): readonly SearchHit[] {
  const legs = { [name]: score };
  if (lines || !hits.some((hit) => hit.path === path)) {
    const range = lines ?? { startLine: 1, endLine: MENTIONED_LINES };
    return merge(hits, { path, ...range, score, legs });
  }
  return hits.map((hit) => (hit.path === path ? raised(hit, score, legs) : hit));
}

/** A place that another source has found, too, is that hit, and worth more; any other is a hit of its own. */
function merge(hits: readonly SearchHit[], place: SearchHit): readonly SearchHit[] {
  const at = hits.findIndex((hit) => hit.path === place.path && contains(hit, place));
  const hit = hits[at];
  return hit ? hits.with(at, raised(hit, place.score, place.legs)) : [...hits, place];
}

function raised(hit: SearchHit, score: number, legs: SearchHit['legs']): SearchHit {
  return { ...hit, score: hit.score + score, legs: { ...hit.legs, ...legs } };
}

function contains(outer: LegPlace, inner: LegPlace): boolean {
  return outer.startLine <= inner.startLine && inner.endLine <= outer.endLine;
}
