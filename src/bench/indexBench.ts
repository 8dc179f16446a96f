import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { quantile } from '../evals/metrics/average.ts';
import type { SourceFile } from '../evals/sourceFile.ts';
import { readFolder } from '../engine/workspace/readFolder.ts';
import type { FolderConfig } from '../protocol/engine.ts';
import { assertMeasurable, type BenchOptions, timed } from './benchOptions.ts';
import { firstIndex, footprint, type Footprint } from './firstIndex.ts';
import { Fts5File } from './fts5File.ts';
import { pickFiles } from './pickFiles.ts';
import { savedFileTimes } from './savedFileTimes.ts';

const RUNS = 3;
const UPDATES = 15;
const MEGABYTE = 1e6;

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
    assertMeasurable(files.length, 'files to index', root);
    const changed = pickFiles(
      files.filter(({ language }) => language !== undefined),
      UPDATES,
      options.seed,
    );
    const saved = await savedFileTimes(config, changed, options);
    const updateMs = median(saved.map(({ foundMs }) => foundMs));
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
        peakRssMegabytes: first.left.peakRss / MEGABYTE,
        rssAfterMegabytes: first.left.rssAfter / MEGABYTE,
        diskMegabytes: first.left.disk / MEGABYTE,
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
  /** Of the first run. */
  readonly left: Footprint;
}

async function firstIndexes(config: FolderConfig, options: BenchOptions): Promise<FirstIndexes> {
  const first = await firstIndex(config, options);
  const left = await footprint(config.store);
  const runs = [first];
  while (runs.length < RUNS) runs.push(await firstIndex(config, options));
  return {
    chunks: first.chunks,
    elapsedMs: median(runs.map(({ elapsedMs }) => elapsedMs)),
    wordsMs: median(runs.map(({ wordsMs }) => wordsMs)),
    left,
  };
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

function median(values: readonly number[]): number {
  return quantile(values, 0.5) ?? 0;
}
