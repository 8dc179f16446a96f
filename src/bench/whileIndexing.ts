import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { openSearchLegs, type SearchLegs } from './searchLegs.ts';
import type { BenchOptions } from './benchOptions.ts';
import { runSelf } from './runSelf.ts';

/** How often it is looked whether there is a new generation; the product is told. */
const LOOKS_EVERY_MS = 50;

/**
 * Indexes the folder again from nothing in another process, into a store of its own, and runs `work` until that has
 * ended. Meanwhile this thread follows that index as well, commit by commit, as the product's query thread does, so
 * whatever `work` asks of the whole index meets both: a busy processor and a busy thread.
 */
export async function whileIndexing<T>(
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
    if (newest !== known) await legs.follow();
    known = newest;
    await setTimeout(LOOKS_EVERY_MS);
  }
}
