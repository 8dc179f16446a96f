import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { NO_VECTORS, type VectorVersion } from '../core/ports/vectors.ts';
import { storeVectors } from './vectorScan.ts';
import { wholeNumber, type Arguments } from '../cli/arguments.ts';
import { ClusteredVectors } from './clusteredVectors.ts';
import { measureVectors, type VectorBenchResult } from './measureVectors.ts';
import { placeOf, type VectorCases } from './vectorCases.ts';

const ITEMS = 100_000;
const DIMS = 384;
/** Vectors in memory at a time while they are stored. */
const BATCH = 20_000;
const VERSION = 'version.json';

/**
 * Stores vectors that cluster, and times loading and querying them in a process of its own, which has held nothing else
 * before. With `--store` it is that process: it measures what is stored there.
 */
export async function vectorBench(args: Arguments, signal: AbortSignal): Promise<VectorBenchResult> {
  const cases: VectorCases = {
    items: wholeNumber('--items', args.items, 1) ?? ITEMS,
    dims: wholeNumber('--dims', args.dims, 1) ?? DIMS,
    seed: args.seed ?? 1,
  };
  if (args.store !== undefined) return measureStored(args.store, cases, signal);
  const directory = await mkdtemp(join(tmpdir(), 'touchstone-bench-'));
  try {
    await store(directory, cases, signal);
    return await measureApart(directory, cases, signal);
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function store(
  directory: string,
  { items: count, dims, seed }: VectorCases,
  signal: AbortSignal,
): Promise<void> {
  const vectors = new ClusteredVectors(dims, seed);
  let version = NO_VECTORS;
  for (let first = 0; first < count; first += BATCH) {
    signal.throwIfAborted();
    const length = Math.min(BATCH, count - first);
    const items = Array.from({ length }, (_, at) => ({ ...placeOf(first + at), vector: vectors.next() }));
    version = await storeVectors({ directory, dims }, version, items);
  }
  await writeFile(join(directory, VERSION), JSON.stringify(version));
}

async function measureStored(
  directory: string,
  cases: VectorCases,
  signal: AbortSignal,
): Promise<VectorBenchResult> {
  const version = JSON.parse(await readFile(join(directory, VERSION), 'utf8')) as VectorVersion;
  return measureVectors({ directory, dims: cases.dims }, version, cases, signal);
}

async function measureApart(
  directory: string,
  { items, dims, seed }: VectorCases,
  signal: AbortSignal,
): Promise<VectorBenchResult> {
  const numbers = ['--items', `${items}`, '--dims', `${dims}`, '--seed', `${seed}`];
  const command = [process.argv[1] ?? '', 'bench', 'vectors', '--store', directory, ...numbers, '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, command, { signal });
  return JSON.parse(stdout) as VectorBenchResult;
}
