import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lineWindows } from '../../core/evals/baselines/lineWindows.ts';
import { drawRetrievalCases } from '../../core/evals/retrievalCases.ts';
import { createPacer } from '../../core/indexing/pacer.ts';
import { systemClock } from '../../core/systemClock.ts';
import { IndexerFolder } from '../../engine/indexerFolder.ts';
import { readFolder } from '../../engine/readFolder.ts';
import { openSearchLegs } from '../../engine/searchLegs.ts';
import type { BenchOptions } from './benchOptions.ts';
import { Fts5Ranking } from './fts5Ranking.ts';
import { latencyOf, timed, type Latency } from './latency.ts';

const CASES = 200;
const WARM_UP = 20;
const HITS = 10;

export interface SearchBenchResult {
  readonly n: number;
  readonly seed: number;
  readonly chunks: number;
  readonly windows: number;
  readonly ours: {
    readonly lexical: Latency;
    readonly dense: Latency;
    readonly search: Latency;
  };
  readonly baselines: { readonly fts5: Latency };
  /** FTS5's median as so many times that of our lexical leg. */
  readonly fts5OverLexical: number;
}

/** Times queries drawn from a folder's own code: each leg of the search, all of it, and SQLite's FTS5 in memory. */
export async function searchBench(
  root: string,
  { cases = CASES, seed, log, signal }: BenchOptions,
): Promise<SearchBenchResult> {
  const workspace = await readFolder(root, signal);
  const pace = createPacer(systemClock, signal);
  const { cases: drawn } = await drawRetrievalCases(workspace, { count: cases, seed }, pace);
  const windows = workspace.files.flatMap(lineWindows);
  const fts5 = new Fts5Ranking(windows);
  const store = await mkdtemp(join(tmpdir(), 'touchstone-bench-'));
  try {
    await index({ root, store }, log, signal);
    const legs = await openSearchLegs({ root, store }, log);
    const ways = {
      lexical: (query: string) => {
        legs.lexical(query, HITS);
      },
      dense: (query: string) => legs.dense(query, HITS),
      search: (query: string) => legs.search(query, HITS),
      fts5: (query: string) => fts5.search(query, HITS),
    };
    const queries = drawn.map(({ question }) => question);
    const times = await timeAll(ways, queries, signal);
    await legs.close();
    const lexical = latencyOf(times.lexical);
    const baseline = latencyOf(times.fts5);
    return {
      n: queries.length,
      seed,
      chunks: legs.chunks,
      windows: windows.length,
      ours: { lexical, dense: latencyOf(times.dense), search: latencyOf(times.search) },
      baselines: { fts5: baseline },
      fts5OverLexical: baseline.p50Ms / lexical.p50Ms,
    };
  } finally {
    fts5.close();
    await rm(store, { recursive: true });
  }
}

async function index(
  config: { readonly root: string; readonly store: string },
  log: BenchOptions['log'],
  signal: AbortSignal,
): Promise<void> {
  const indexer = await IndexerFolder.open(
    config,
    { indexStatus: () => undefined, committed: () => undefined },
    log,
  );
  await indexer.refresh({ fromScratch: true }, signal);
  await indexer.close();
}

/** Every query in every way, one after the other, so that all ways meet the same machine. */
async function timeAll<Way extends string>(
  ways: Readonly<Record<Way, (query: string) => unknown>>,
  queries: readonly string[],
  signal: AbortSignal,
): Promise<Readonly<Record<Way, readonly number[]>>> {
  const names = Object.keys(ways) as Way[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Way, number[]>;
  for (const query of queries.slice(0, WARM_UP)) for (const name of names) await ways[name](query);
  for (const query of queries) {
    signal.throwIfAborted();
    for (const name of names) times[name].push(await timed(() => ways[name](query)));
  }
  return times;
}
