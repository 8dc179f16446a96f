import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lineWindows } from './baselines/passage.ts';
import { drawRetrievalCases } from '../evals/retrievalCases.ts';
import { createTimeSlice } from '../core/async/timeSlice.ts';
import { indexWorkspace } from '../engine/workspace/indexWorkspace.ts';
import { readFolder } from '../engine/workspace/readFolder.ts';
import {
  assertMeasurable,
  type BenchOptions,
  type Latency,
  latencyOf,
  openSearchLegs,
  timeWays,
} from './benchOptions.ts';
import { Fts5Ranking } from './fts5File.ts';

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
  const pace = createTimeSlice(signal);
  const { cases: drawn } = await drawRetrievalCases(workspace, { count: cases, seed }, pace);
  assertMeasurable(drawn.length, 'doc comments, tests or names to ask about', root);
  const windows = workspace.files.flatMap(lineWindows);
  const fts5 = new Fts5Ranking(windows);
  const store = await mkdtemp(join(tmpdir(), 'touchstone-bench-'));
  try {
    await index({ root, store }, log, signal);
    const legs = await openSearchLegs({ root, store }, log);
    const queries = drawn.map(({ question }) => question);
    const ask = (leg: (query: string) => unknown) => ({ run: (at: number) => leg(queries[at] ?? '') });
    const ways = {
      lexical: ask((query) => {
        legs.lexical(query, HITS);
      }),
      dense: ask((query) => legs.dense(query, HITS)),
      search: ask((query) => legs.search(query, HITS)),
      fts5: ask((query) => fts5.search(query, HITS)),
    };
    const times = await timeWays(ways, { count: queries.length, warmUp: WARM_UP, signal });
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
  await indexWorkspace(config, { fromScratch: true }, { log, signal });
}
