import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { wholeNumber } from '../cli/arguments.ts';
import type { FolderConfig } from '../protocol/engine.ts';
import { assertMeasurable, type BenchOptions } from './benchOptions.ts';
import {
  type FirstIndexBenchResult,
  type ImageBenchResult,
  medianStart,
  type StartBenchResult,
} from './startBench.ts';
import type { LoadBenchResult } from './loadBench.ts';
import { runSelf } from './runSelf.ts';
import type { SaveBenchResult } from './saveBench.ts';
import {
  type OriginalFile,
  readOriginals,
  scaledFiles,
  type ScaledSize,
  WorkspaceContents,
  writeWorkspace,
} from './scaledWorkspace.ts';

const IMAGE_NAME = 'memory.image';

/** One workspace, everything measured in processes of their own. */
interface ScaleResult {
  readonly asked: ScaledSize;
  readonly files: number;
  readonly chunks: number;
  readonly megabytes: number;
  /** Different ones. */
  readonly names: number;
  readonly firstIndex: FirstIndexBenchResult & { readonly megabytesPerSecond: number };
  /** The first start, which has no image of memory, and the image it leaves; 0 MB when the index is too small for one. */
  readonly image: ImageBenchResult & { readonly megabytes: number };
  /** Medians of the starts with the image. */
  readonly start: Pick<StartBenchResult, 'openMs' | 'answeredMs'>;
  readonly save: SaveBenchResult;
  readonly load: LoadBenchResult;
}

export interface ScaleBenchResult {
  readonly seed: number;
  readonly sizes: readonly ScaleResult[];
}

/**
 * Makes workspaces of each size out of the code in some folders, and measures in each: the first index, starting with
 * it, a saved file, questions and completions with nothing else going on and while the folder is indexed again.
 */
export async function scaleBench(
  roots: readonly string[],
  sizes: readonly ScaledSize[],
  options: BenchOptions,
): Promise<ScaleBenchResult> {
  const { seed, signal } = options;
  const originals = await readOriginals(roots, seed, signal);
  assertMeasurable(originals.length, 'files to index', roots.join(', '));
  const results: ScaleResult[] = [];
  for (const size of sizes) results.push(await measureSize(originals, size, options));
  return { seed, sizes: results };
}

async function measureSize(
  originals: readonly OriginalFile[],
  size: ScaledSize,
  options: BenchOptions,
): Promise<ScaleResult> {
  const base = await mkdtemp(join(tmpdir(), 'touchstone-bench-'));
  const [root, store] = [join(base, 'workspace'), join(base, 'store')];
  try {
    const contents = new WorkspaceContents();
    await writeWorkspace(root, contents.counting(scaledFiles(originals, size, options.seed)), options.signal);
    return await measureWorkspace({ root, store }, size, contents, options);
  } finally {
    await rm(base, { recursive: true });
  }
}

async function measureWorkspace(
  { root, store }: FolderConfig,
  size: ScaledSize,
  { megabytes, names }: WorkspaceContents,
  { cases, seed, signal }: BenchOptions,
): Promise<ScaleResult> {
  const args = [
    '--store',
    store,
    '--seed',
    `${seed}`,
    ...(cases === undefined ? [] : ['--cases', `${cases}`]),
  ];
  const run = <Result>(what: string): Promise<Result> => runSelf([what, root, ...args], signal);
  const first = await run<FirstIndexBenchResult>('first-index');
  const image = await run<ImageBenchResult>('image');
  const start = await medianStart(() => run('start'));
  return {
    asked: size,
    files: first.files,
    chunks: first.chunks,
    megabytes,
    names: names.size,
    firstIndex: { ...first, megabytesPerSecond: (1000 * megabytes) / first.elapsedMs },
    start,
    image: {
      ...image,
      megabytes: (await stat(join(store, IMAGE_NAME)).catch(() => ({ size: 0 }))).size / 1e6,
    },
    load: await run('load'),
    save: await run('save'),
  };
}

const SIZES: readonly ScaledSize[] = [1000, 10_000, 100_000];

/** What `--chunks` asks for: numbers and `all`, with commas between. Throws `UsageError` for anything else. */
export function scaledSizes(given: string | undefined): readonly ScaledSize[] {
  if (given === undefined) return SIZES;
  return given
    .split(',')
    .map((size) => (size === 'all' ? size : (wholeNumber('--chunks', size, 1) ?? 'all')));
}
