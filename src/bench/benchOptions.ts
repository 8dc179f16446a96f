import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Arguments, wholeNumber } from '../cli/arguments.ts';
import type { Output } from '../cli/output.ts';
import { folderOf, stderrLogger } from '../cli/session.ts';
import { UsageError } from '../cli/usageError.ts';
import { steadyClock } from '../core/async/systemClock.ts';
import { nextTurn } from '../core/async/timeSlice.ts';
import type { WorkspaceModel } from '../core/completion/workspaceModel.ts';
import type { CompletionRequest } from '../core/ports/completionSource.ts';
import type { Logger } from '../core/ports/runtime.ts';
import type { VectorHit } from '../core/ports/vectors.ts';
import type { LexicalIndex } from '../core/retrieval/lexicalIndex.ts';
import { createSearch } from '../core/retrieval/search.ts';
import { builtInMethod, openIndexReplica } from '../engine/workspace/folderStores.ts';
import { quantile } from '../evals/metrics/average.ts';
import type { FolderConfig } from '../protocol/engine.ts';

/** What every benchmark is given. */
export interface BenchOptions {
  /** `undefined` for the benchmark's own number. */
  readonly cases: number | undefined;
  readonly seed: number;
  /** `retrieval` of given chunks only: also measure the search with each of its parts left out. */
  readonly ablation?: boolean;
  /** `questions` only: also fit the weights of the ranking. */
  readonly fit?: boolean;
  /** Absolute path of an older version of the folder; `complete` only. */
  readonly older?: string;
  /** Absolute path of a store that outlives the benchmark; `peers` and parts of `scale` only. */
  readonly store?: string;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

export async function benchOptions(
  args: Arguments,
  output: Output,
  signal: AbortSignal,
): Promise<BenchOptions> {
  return {
    cases: wholeNumber('--cases', args.cases, 1),
    seed: args.seed ?? 1,
    ablation: args.ablation,
    fit: args.fit,
    ...(args.older !== undefined && { older: await folderOf(args.older) }),
    ...(args.store !== undefined && { store: resolve(args.store) }),
    log: stderrLogger(output, args.verbose),
    signal,
  };
}

/** Works with the store that was given, else with one of its own that is deleted afterwards. */
export async function withStore<T>(
  { store }: Pick<BenchOptions, 'store'>,
  work: (store: string) => Promise<T>,
): Promise<T> {
  if (store !== undefined) return work(store);
  const own = await mkdtemp(join(tmpdir(), 'touchstone-bench-'));
  try {
    return await work(own);
  } finally {
    await rm(own, { recursive: true });
  }
}

/** Throws `UsageError` when a benchmark would measure nothing and print zeros. `what` in the plural. */
export function assertMeasurable(count: number, what: string, place: string): void {
  if (count > 0) return;
  throw new UsageError(`There is nothing to measure: ${place} has no ${what}.`);
}

/** The store given to a benchmark of an index that is there already. */
export function givenStore({ store }: { readonly store?: string | undefined }): string {
  if (store !== undefined) return store;
  throw new UsageError(
    "This measures an index that is there. Make one with 'touchstone bench first-index <folder> --store D', then name the same folder and store.",
  );
}

/**
 * The parts of a folder's search one by one, and its completions, to be measured. Each leg takes a query and the number
 * of hits wanted.
 */
export interface SearchLegs {
  /** Of the generation in memory. */
  readonly chunks: number;
  /** Bytes of the tables in memory, by what they are for. */
  readonly heldBytes: {
    readonly search: LexicalIndex['heldBytes'];
    readonly completion: WorkspaceModel['heldBytes'];
  };
  /** Every indexed path. */
  paths(): readonly string[];
  lexical(query: string, count: number): void;
  /** Embedding the query included. */
  dense(query: string, count: number): Promise<readonly VectorHit[]>;
  search(query: string, count: number): Promise<void>;
  complete(request: CompletionRequest): void;
  /** The newest committed generation's number; with another one than before, there is something to follow. */
  generation(): Promise<number>;
  /** Catches up with the newest committed generation. */
  catchUp(): Promise<void>;
  /** Does now what the query worker does in a quiet moment, so that the next start is quick. */
  saveImage(): Promise<void>;
  close(): Promise<void>;
}

/** Opens what is indexed so far. */
export async function openSearchLegs(config: FolderConfig, log: Logger): Promise<SearchLegs> {
  const { reader, dense, generation, close } = await openIndexReplica(config, log, builtInMethod());
  await reader.catchUp();
  const search = createSearch({
    get lexical() {
      return reader.lexical;
    },
    dense,
    clock: steadyClock,
    log,
  });
  const { signal } = new AbortController();
  return {
    get chunks() {
      return reader.lexical.chunkCount;
    },
    get heldBytes() {
      return { search: reader.lexical.heldBytes, completion: reader.model.heldBytes };
    },
    paths: () => [...reader.lexical.paths()],
    lexical(query, count) {
      reader.lexical.search(query, count);
    },
    dense: (query, count) => dense.nearest(query, count, signal),
    async search(query, count) {
      await search.search(query, count, signal);
    },
    complete(request) {
      reader.model.complete(request);
    },
    generation,
    catchUp: () => reader.catchUp(),
    saveImage: () => reader.saveImage(),
    close,
  };
}

/** Times of single calls in milliseconds. */
export interface Latency {
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
}

export function latencyOf(times: readonly number[]): Latency {
  const at = (q: number): number => quantile(times, q) ?? 0;
  return { p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) };
}

/** How long one call takes, in milliseconds. */
export async function timed(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** One way to answer the cases, which are known by their number. */
export interface TimedWay {
  /** What is there already when somebody asks; not timed. */
  readonly prepare?: (at: number) => unknown;
  readonly run: (at: number) => unknown;
}

interface TimingPlan {
  /** How many cases there are. */
  readonly count: number;
  /** The first so many are done once before anything is timed. */
  readonly warmUp: number;
  readonly signal: AbortSignal;
  /** Goes on from the start again for as long as this holds; once through all cases unless given. */
  readonly goesOn?: () => boolean;
  /** Every call waits for its turn, as a message to a busy thread does, and the waiting counts. */
  readonly takesTurns?: boolean;
}

/** Every case in every way, one after the other, so that all ways meet the same machine. Times in ms. */
export async function timeWays<Way extends string>(
  ways: Readonly<Record<Way, TimedWay>>,
  { count, warmUp, signal, goesOn, takesTurns = false }: TimingPlan,
): Promise<Readonly<Record<Way, readonly number[]>>> {
  const names = Object.keys(ways) as Way[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Way, number[]>;
  const call = async (name: Way, at: number): Promise<number> => {
    await ways[name].prepare?.(at);
    return timed(async () => {
      if (takesTurns) await nextTurn();
      await ways[name].run(at);
    });
  };
  for (let at = 0; at < Math.min(warmUp, count); at++) for (const name of names) await call(name, at);
  for (let at = 0; goesOn ? count > 0 && goesOn() : at < count; at++) {
    signal.throwIfAborted();
    for (const name of names) times[name].push(await call(name, at % count));
  }
  return times;
}
