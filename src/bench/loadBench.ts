import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import {
  assertMeasurable,
  type BenchOptions,
  givenStore,
  type Latency,
  latencyOf,
  openSearchLegs,
  type SearchLegs,
  timed,
  type TimedWay,
  timeWays,
} from './benchOptions.ts';
import { Fts5File } from './fts5File.ts';
import { loadCases, type LoadCases } from './loadCases.ts';
import { runSelf } from './runSelf.ts';

const CASES = 200;
const WARM_UP = 20;
const HITS = 10;

type LoadWay = 'lexical' | 'dense' | 'search' | 'complete';

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

/** Files that one transaction indexes: all of a large folder at once would not fit memory. */
const BATCH = 400;

/** A folder's files in FTS5 on disk. */
interface Fts5Workspace {
  readonly firstIndexMs: number;
  readonly diskBytes: number;
  search(query: string, count: number): void;
  close(): Promise<void>;
}

/** Indexes the files, reading them included. */
async function openFts5Workspace(root: string, paths: readonly string[]): Promise<Fts5Workspace> {
  const folder = await mkdtemp(join(tmpdir(), 'touchstone-bench-'));
  const file = join(folder, 'fts5.sqlite');
  const database = new Fts5File(file);
  const read = async (path: string) => ({ path, text: await readFile(join(root, path), 'utf8') });
  const firstIndexMs = await timed(async () => {
    for (let at = 0; at < paths.length; at += BATCH) {
      database.replace(await Promise.all(paths.slice(at, at + BATCH).map(read)));
    }
  });
  database.checkpoint();
  return {
    firstIndexMs,
    diskBytes: (await stat(file)).size,
    search(query, count) {
      database.search(query, count);
    },
    async close() {
      database.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** How often it is looked whether there is a new generation; the product is told. */
const LOOKS_EVERY_MS = 50;

/**
 * Indexes the folder again from nothing in another process, into a store of its own, and runs `work` until that has
 * ended. Meanwhile this thread follows that index as well, commit by commit, as the product's query thread does, so
 * whatever `work` asks of the whole index meets both: a busy processor and a busy thread.
 */
async function whileIndexing<T>(
  root: string,
  { log, signal }: BenchOptions,
  work: (goesOn: () => boolean) => Promise<T>,
): Promise<T> {
  const store = await mkdtemp(join(tmpdir(), 'touchstone-bench-'));
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const legs = await openSearchLegs({ root, store }, log);
  let isRunning = true;
  const indexing = runSelf(['first-index', root, '--store', store], either).finally(() => {
    isRunning = false;
  });
  const following = follow(legs, () => isRunning);
  const ended = Promise.allSettled([indexing, following]);
  try {
    const result = await work(() => isRunning);
    await Promise.all([indexing, following]);
    return result;
  } finally {
    failed.abort();
    await ended;
    await legs.close();
    await rm(store, { recursive: true });
  }
}

async function follow(legs: SearchLegs, goesOn: () => boolean): Promise<void> {
  let known = 0;
  while (goesOn()) {
    const newest = await legs.generation();
    if (newest !== known) await legs.catchUp();
    known = newest;
    await setTimeout(LOOKS_EVERY_MS);
  }
}
