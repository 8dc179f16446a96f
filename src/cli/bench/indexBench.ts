import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { quantile } from '../../core/evals/metrics/quantile.ts';
import type { SourceFile } from '../../core/evals/sourceFile.ts';
import { stableHash } from '../../core/evals/stableHash.ts';
import { DocumentMirror } from '../../engine/documentMirror.ts';
import { IndexerFolder } from '../../engine/indexerFolder.ts';
import { openQueryFolder } from '../../engine/queryFolder.ts';
import { readFolder } from '../../engine/readFolder.ts';
import type { FolderConfig, IndexStatus } from '../../protocol/engine.ts';
import type { BenchOptions } from './benchOptions.ts';
import { Fts5File } from './fts5File.ts';
import { timed } from './latency.ts';

const RUNS = 3;
const UPDATES = 15;
const MEGABYTE = 1e6;
const HOST = { indexStatus: () => undefined, committed: () => undefined };
/** Freed memory goes back to the system a moment after it is free. */
const SETTLING_MS = 1000;

interface IndexTimes {
  /** Medians over the runs. */
  readonly firstIndexMs: number;
  readonly updateMs: number;
}

export interface IndexBenchResult {
  readonly files: number;
  readonly chunks: number;
  readonly megabytes: number;
  readonly runs: number;
  readonly updates: number;
  readonly ours: IndexTimes & {
    readonly filesPerSecond: number;
    readonly megabytesPerSecond: number;
    /** Until words find everything; vectors follow. Median over the runs. */
    readonly wordsMs: number;
    /** Of the whole process, while it indexes from nothing the first time and a moment after. */
    readonly peakRssMegabytes: number;
    readonly rssAfterMegabytes: number;
    /** Of the store, right after a first index. */
    readonly diskMegabytes: number;
  };
  readonly baselines: { readonly fts5: IndexTimes };
  /** Our times as so many times those of the baseline. */
  readonly ratio: { readonly firstIndex: number; readonly update: number };
}

/**
 * Times indexing a folder from nothing, and one saved file until a search sees it; beside SQLite's FTS5 on disk over
 * windows of forty lines, reading files included. Works on a copy of the folder.
 */
export async function indexBench(root: string, options: BenchOptions): Promise<IndexBenchResult> {
  const base = await mkdtemp(join(tmpdir(), 'touchstone-bench-'));
  try {
    const config = { root: join(base, basename(root)), store: join(base, 'store') };
    await cp(root, config.root, { recursive: true, filter: isWorthCopying });
    const first = await firstIndexes(config, options);
    const { files } = await readFolder(config.root, options.signal);
    const changed = pick(files, options.seed);
    const updateMs = median(await ourUpdates(config, changed, options));
    const fts5 = await fts5Times(join(base, 'fts5.sqlite'), config.root, files, changed);
    const megabytes = files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0) / MEGABYTE;
    return {
      files: files.length,
      chunks: first.chunks,
      megabytes,
      runs: RUNS,
      updates: changed.length,
      ours: {
        firstIndexMs: first.elapsedMs,
        updateMs,
        filesPerSecond: (1000 * files.length) / first.elapsedMs,
        megabytesPerSecond: (1000 * megabytes) / first.elapsedMs,
        wordsMs: first.wordsMs,
        peakRssMegabytes: first.peakRss / MEGABYTE,
        rssAfterMegabytes: first.rssAfter / MEGABYTE,
        diskMegabytes: first.diskBytes / MEGABYTE,
      },
      baselines: { fts5 },
      ratio: { firstIndex: first.elapsedMs / fts5.firstIndexMs, update: updateMs / fts5.updateMs },
    };
  } finally {
    await rm(base, { recursive: true });
  }
}

function isWorthCopying(path: string): boolean {
  return !/[\\/](?:node_modules|\.git)$/.test(path);
}

interface FirstIndexes {
  readonly chunks: number;
  /** Medians over the runs. */
  readonly elapsedMs: number;
  readonly wordsMs: number;
  /** Bytes, of the first run. */
  readonly peakRss: number;
  readonly rssAfter: number;
  readonly diskBytes: number;
}

async function firstIndexes(config: FolderConfig, options: BenchOptions): Promise<FirstIndexes> {
  const first = await firstIndex(config, options);
  const peakRss = process.resourceUsage().maxRSS * 1024;
  await setTimeout(SETTLING_MS);
  const rssAfter = process.memoryUsage.rss();
  const diskBytes = await bytesIn(config.store);
  const runs = [first];
  while (runs.length < RUNS) runs.push(await firstIndex(config, options));
  return {
    chunks: first.chunks,
    elapsedMs: median(runs.map(({ elapsedMs }) => elapsedMs)),
    wordsMs: median(runs.map(({ wordsMs }) => wordsMs)),
    peakRss,
    rssAfter,
    diskBytes,
  };
}

async function firstIndex(config: FolderConfig, { log, signal }: BenchOptions) {
  const started = performance.now();
  let wordsMs = 0;
  const host = {
    ...HOST,
    indexStatus: (_: string, { state }: IndexStatus) => {
      if (state === 'ready' && wordsMs === 0) wordsMs = performance.now() - started;
    },
  };
  const indexer = await IndexerFolder.open(config, host, log);
  const { chunks } = await indexer.refresh({ fromScratch: true }, signal);
  const elapsedMs = performance.now() - started;
  await indexer.close();
  return { chunks, wordsMs, elapsedMs };
}

async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map(async ({ parentPath, name }) => stat(join(parentPath, name))));
  return sizes.reduce((sum, { size }) => sum + size, 0);
}

/** From the moment a changed file is on disk until searches see it. */
async function ourUpdates(
  config: FolderConfig,
  changed: readonly SourceFile[],
  { log }: BenchOptions,
): Promise<readonly number[]> {
  const indexer = await IndexerFolder.open(config, HOST, log);
  const folder = await openQueryFolder(config, new DocumentMirror(), log);
  await folder.follow();
  const times: number[] = [];
  for (const { path, text } of changed) {
    await writeFile(join(config.root, path), `${text}\n`);
    times.push(
      await timed(async () => {
        await indexer.touch([path]);
        await folder.follow();
      }),
    );
  }
  await folder.close();
  await indexer.close();
  return times;
}

async function fts5Times(
  file: string,
  root: string,
  files: readonly SourceFile[],
  changed: readonly SourceFile[],
): Promise<IndexTimes> {
  const read = async ({ path }: SourceFile) => ({ path, text: await readFile(join(root, path), 'utf8') });
  const first: number[] = [];
  let database = new Fts5File(file);
  for (let run = 0; run < RUNS; run++) {
    database.close();
    await rm(file, { force: true });
    database = new Fts5File(file);
    first.push(
      await timed(async () => {
        database.replace(await Promise.all(files.map(read)));
      }),
    );
  }
  const updates: number[] = [];
  for (const each of changed) {
    updates.push(
      await timed(async () => {
        database.replace([await read(each)]);
      }),
    );
  }
  database.close();
  return { firstIndexMs: median(first), updateMs: median(updates) };
}

/** Files to change, the same for the same seed. */
function pick(files: readonly SourceFile[], seed: number): readonly SourceFile[] {
  return files
    .filter(({ language }) => language !== undefined)
    .map((file) => ({ file, key: stableHash(seed, file.path) }))
    .sort((a, b) => a.key - b.key)
    .slice(0, UPDATES)
    .map(({ file }) => file);
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5) ?? 0;
}
