import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Arguments, wholeNumber } from '../cli/arguments.ts';
import type { Output } from '../cli/output.ts';
import { folderOf, stderrLogger } from '../cli/session.ts';
import { UsageError } from '../cli/usageError.ts';
import { steadyClock } from '../core/async/systemClock.ts';
import type { CompletionRequest } from '../core/ports/completionSource.ts';
import type { Logger } from '../core/ports/runtime.ts';
import type { VectorHit } from '../core/ports/vectors.ts';
import { createSearch } from '../core/retrieval/search.ts';
import { builtInMethod, openIndexReplica } from '../engine/workspace/folderStores.ts';
import type { FolderConfig } from '../protocol/engine.ts';

/** What every benchmark is given. */
export interface BenchOptions {
  /** `undefined` for the benchmark's own number. */
  readonly cases: number | undefined;
  readonly seed: number;
  /** `retrieval` of given chunks only: also measure the search with each of its parts left out. */
  readonly ablation?: boolean;
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
