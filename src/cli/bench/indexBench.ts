import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { quantile } from '../../core/evals/metrics/quantile.ts';
import type { SourceFile } from '../../core/evals/sourceFile.ts';
import { stableHash } from '../../core/evals/stableHash.ts';
import { DocumentMirror } from '../../engine/documentMirror.ts';
import { IndexerFolder } from '../../engine/indexerFolder.ts';
import { openQueryFolder } from '../../engine/queryFolder.ts';
import { readFolder } from '../../engine/readFolder.ts';
import type { FolderConfig } from '../../protocol/engine.ts';
import type { BenchOptions } from './benchOptions.ts';
import { Fts5File } from './fts5File.ts';
import { timed } from './latency.ts';

const RUNS = 3;
const UPDATES = 15;
const MEGABYTE = 1e6;
const HOST = { indexStatus: () => undefined, committed: () => undefined };

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
    /** Of the whole process, once it has indexed from nothing. */
    readonly peakRssMegabytes: number;
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
    const peakRssMegabytes = (process.resourceUsage().maxRSS * 1024) / MEGABYTE;
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
        peakRssMegabytes,
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

async function firstIndexes(
  config: FolderConfig,
  { log, signal }: BenchOptions,
): Promise<{ readonly elapsedMs: number; readonly chunks: number }> {
  const times: number[] = [];
  let chunks = 0;
  for (let run = 0; run < RUNS; run++) {
    const indexer = await IndexerFolder.open(config, HOST, log);
    times.push(
      await timed(async () => {
        ({ chunks } = await indexer.refresh({ fromScratch: true }, signal));
      }),
    );
    await indexer.close();
  }
  return { elapsedMs: median(times), chunks };
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
