import type { Clock } from '../ports/runtime.ts';
import type { SearchHit } from '../retrieval/hit.ts';
import type { Context, ContextSource, SourceTrace } from './contextSource.ts';
import { dropOf, joinPlaces, rankHits, spread } from './rankPlaces.ts';

export interface ContextDeps {
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
