import { openSearchLegs, type SearchLegs } from './searchLegs.ts';
import { assertMeasurable, givenStore } from './assertMeasurable.ts';
import type { BenchOptions } from './benchOptions.ts';
import { openFts5Workspace, type Fts5Workspace } from './fts5Workspace.ts';
import { latencyOf, type Latency } from './latency.ts';
import { loadCases, type LoadCases } from './loadCases.ts';
import { timeWays, type TimedWay } from './timeWays.ts';
import { whileIndexing } from './whileIndexing.ts';

const CASES = 200;
const WARM_UP = 20;
const HITS = 10;

export type LoadWay = 'lexical' | 'dense' | 'search' | 'complete';

export interface LoadBenchResult {
  readonly chunks: number;
  readonly seed: number;
  /** Times of each way. */
  readonly n: { readonly idle: number; readonly indexing: number };
  /** Nothing else of ours runs. */
  readonly idle: Readonly<Record<LoadWay, Latency>>;
  /** While the same folder is indexed again by another process, and followed by the thread that answers. */
  readonly indexing: Readonly<Record<LoadWay, Latency>>;
  readonly baselines: {
    /** On disk, its pages cached; idle. */
    readonly fts5: {
      readonly firstIndexMs: number;
      readonly diskMegabytes: number;
      readonly search: Latency;
    };
  };
}

/** Times questions and completions against an index that is there, idle and while the folder is indexed again. */
export async function loadBench(root: string, options: BenchOptions): Promise<LoadBenchResult> {
  const store = givenStore(options);
  const legs = await openSearchLegs({ root, store }, options.log);
  const fts5 = await openFts5Workspace(root, legs.paths());
  try {
    assertMeasurable(legs.chunks, 'index', store);
    return await measure(root, { legs, fts5 }, options);
  } finally {
    await fts5.close();
    await legs.close();
  }
}

async function measure(
  root: string,
  { legs, fts5 }: { readonly legs: SearchLegs; readonly fts5: Fts5Workspace },
  options: BenchOptions,
): Promise<LoadBenchResult> {
  const { cases: count = CASES, seed, signal } = options;
  const cases = await loadCases(root, legs.paths(), { count, seed, signal });
  assertMeasurable(
    Math.min(cases.questions.length, cases.completions.length),
    'questions and lines to ask for',
    root,
  );
  const ours = waysOf(legs, cases);
  const askFts5 = {
    run: (at: number) => {
      fts5.search(questionAt(cases, at), HITS);
    },
  };
  const plan = { count, warmUp: WARM_UP, signal };
  const { fts5: byFts5, ...idle } = await timeWays({ ...ours, fts5: askFts5 }, plan);
  const indexing = await whileIndexing(root, options, (goesOn) =>
    timeWays(ours, { ...plan, goesOn, takesTurns: true }),
  );
  return {
    chunks: legs.chunks,
    seed,
    n: { idle: idle.search.length, indexing: indexing.search.length },
    idle: latencies(idle),
    indexing: latencies(indexing),
    baselines: {
      fts5: {
        firstIndexMs: fts5.firstIndexMs,
        diskMegabytes: fts5.diskBytes / 1e6,
        search: latencyOf(byFts5),
      },
    },
  };
}

function waysOf(legs: SearchLegs, cases: LoadCases): Readonly<Record<LoadWay, TimedWay>> {
  const completion = (at: number) => cases.completions[at % cases.completions.length];
  const complete = (request: Parameters<SearchLegs['complete']>[0] | undefined): void => {
    if (request) legs.complete(request);
  };
  return {
    lexical: {
      run: (at) => {
        legs.lexical(questionAt(cases, at), HITS);
      },
    },
    dense: { run: (at) => legs.dense(questionAt(cases, at), HITS) },
    search: { run: (at) => legs.search(questionAt(cases, at), HITS) },
    complete: {
      // At a keystroke the file is open, and what changed since the one before is the end of a line.
      prepare: (at) => {
        complete(completion(at)?.whole);
      },
      run: (at) => {
        complete(completion(at)?.cut);
      },
    },
  };
}

function questionAt({ questions }: LoadCases, at: number): string {
  return questions[at % questions.length] ?? '';
}

function latencies(times: Readonly<Record<LoadWay, readonly number[]>>): Readonly<Record<LoadWay, Latency>> {
  return {
    lexical: latencyOf(times.lexical),
    dense: latencyOf(times.dense),
    search: latencyOf(times.search),
    complete: latencyOf(times.complete),
  };
}
