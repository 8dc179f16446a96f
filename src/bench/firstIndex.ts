import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { IndexerFolder } from '../engine/indexer/indexerFolder.ts';
import type { FolderConfig, IndexStatus } from '../protocol/engine.ts';
import type { BenchOptions } from './benchOptions.ts';

/** Freed memory goes back to the system a moment after it is free. */
export const SETTLING_MS = 1000;

export interface FirstIndex {
  readonly files: number;
  readonly chunks: number;
  /** From the start until words find everything; vectors follow. */
  readonly wordsMs: number;
  /** From the start until all is committed, vectors included. */
  readonly elapsedMs: number;
}

/** What a first index leaves behind, in bytes. */
export interface Footprint {
  /** Of the whole process, the most it had and what it has a moment after. */
  readonly peakRss: number;
  readonly rssAfter: number;
  /** Of the store. */
  readonly disk: number;
}

/** Indexes from nothing, whatever the store holds. `whileOpen` runs when all is done and the indexer still there. */
export async function firstIndex(
  config: FolderConfig,
  { log, signal }: BenchOptions,
  whileOpen?: () => Promise<void>,
): Promise<FirstIndex> {
  const started = performance.now();
  let wordsMs = 0;
  const host = {
    committed: () => undefined,
    indexStatus: (_: string, { state }: IndexStatus) => {
      if (state === 'ready' && wordsMs === 0) wordsMs = performance.now() - started;
    },
  };
  const indexer = await IndexerFolder.open(config, host, log);
  const { files, chunks } = await indexer.refresh({ fromScratch: true }, signal);
  const elapsedMs = performance.now() - started;
  await whileOpen?.();
  await indexer.close();
  return { files, chunks, wordsMs, elapsedMs };
}

/** To be taken in a process that has done nothing else. */
export async function footprint(store: string): Promise<Footprint> {
  await setTimeout(SETTLING_MS);
  const rssAfter = process.memoryUsage.rss();
  // The system counts the two in different ways: the second can be a few pages more.
  return {
    peakRss: Math.max(process.resourceUsage().maxRSS * 1024, rssAfter),
    rssAfter,
    disk: await bytesIn(store),
  };
}

async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map(async ({ parentPath, name }) => stat(join(parentPath, name))));
  return sizes.reduce((sum, { size }) => sum + size, 0);
}
