import { least } from '../core/shared/greatest.ts';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { NO_VECTORS, type VectorHit, type VectorItem, type VectorVersion } from '../core/ports/vectors.ts';
import {
  openStockVectra,
  openVectorScan,
  storeVectors,
  type VectorPlace,
  type VectorScan,
} from './vectorScan.ts';
import { wholeNumber, type Arguments } from '../cli/arguments.ts';
import { READ_MEMORY_WASM } from './readMemoryWasm.ts';
import { ClusteredVectors } from './clusteredVectors.ts';
import { type Latency, latencyOf, timed } from './benchOptions.ts';
import { PlainScan } from './plainScan.ts';

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

const QUERIES = 200;
const TURN = 20;
const HITS = 20;
const MEGABYTE = 1e6;
const GIGABYTE = 1e9;

/** The fastest is what other programs on the machine disturbed least. */
interface QueryTimes extends Latency {
  readonly fastestMs: number;
}

export interface VectorBenchResult {
  readonly items: number;
  readonly dims: number;
  readonly seed: number;
  readonly n: number;
  readonly ours: {
    /** From nothing in memory to the first query, files being in the system's cache. */
    readonly loadMs: number;
    /** What the process has grown by since it held no vectors. */
    readonly rssMegabytes: number;
    readonly query: QueryTimes;
    /** Mean number of rows whose true score a query computed. */
    readonly lookUps: number;
  };
  readonly baselines: {
    readonly plainScan: QueryTimes;
    readonly vectra: { readonly loadMs: number; readonly query: QueryTimes };
  };
  /** Share of the twenty best by the plain scan that are among our twenty. */
  readonly recallAt20: number;
  /** What one thread reads at the most, and how long it needs for the rounded rows alone. */
  readonly floor: { readonly gigabytesPerSecond: number; readonly ms: number };
  /** The others' times as so many times ours, and ours as so many times the floor. */
  readonly ratio: { readonly medians: Ratios; readonly fastest: Ratios };
}

interface Ratios {
  readonly plainScan: number;
  readonly vectra: number;
  readonly floor: number;
}

/** Loads what is stored and asks it, a plain scan and vectra. The process must have held no vectors before. */
async function measureVectors(
  place: VectorPlace,
  version: VectorVersion,
  cases: VectorCases,
  signal: AbortSignal,
): Promise<VectorBenchResult> {
  const before = process.memoryUsage.rss();
  const opening = performance.now();
  const scan = await openVectorScan(place, version);
  const loadMs = performance.now() - opening;
  const rssMegabytes = (process.memoryUsage.rss() - before) / MEGABYTE;
  const { rows, queries } = generate(cases);
  const vectra = openStockVectra(place, version);
  const vectraLoadMs = await timed(() => vectra.query(queries[0] ?? new Float32Array(cases.dims), 1));
  const { times, recall } = await askAll(
    { scan, plain: new PlainScan(rows, cases.dims), vectra },
    queries,
    signal,
  );
  const lookUps = scan.lookUps / queries.length;
  await scan.close();
  const [ours, plainScan, stock] = [timesOf(times.ours), timesOf(times.plain), timesOf(times.vectra)];
  const bytesPerMs = readBandwidth();
  const floorMs = (cases.items * cases.dims) / bytesPerMs;
  const ratios = (which: 'p50Ms' | 'fastestMs'): Ratios => ({
    plainScan: plainScan[which] / ours[which],
    vectra: stock[which] / ours[which],
    floor: ours[which] / floorMs,
  });
  return {
    ...cases,
    n: QUERIES,
    ours: { loadMs, rssMegabytes, query: ours, lookUps },
    baselines: { plainScan, vectra: { loadMs: vectraLoadMs, query: stock } },
    recallAt20: recall,
    floor: { gigabytesPerSecond: (bytesPerMs * 1000) / GIGABYTE, ms: floorMs },
    ratio: { medians: ratios('p50Ms'), fastest: ratios('fastestMs') },
  };
}

function timesOf(times: readonly number[]): QueryTimes {
  return { ...latencyOf(times), fastestMs: least(times) };
}

interface Ways {
  readonly scan: Pick<VectorScan, 'query'>;
  readonly plain: PlainScan;
  readonly vectra: Pick<VectorScan, 'query'>;
}

/**
 * Every query in every way. The ways take turns of twenty queries: all meet the same machine, and none finds the caches
 * full of what another has read. The first turn warms up.
 */
async function askAll({ scan, plain, vectra }: Ways, queries: readonly Float32Array[], signal: AbortSignal) {
  const times = { ours: [] as number[], plain: [] as number[], vectra: [] as number[] };
  const hits: (readonly VectorHit[])[] = [];
  const truth: (readonly number[])[] = [];
  for (let first = 0; first < queries.length; first += TURN) {
    signal.throwIfAborted();
    const turn = queries.slice(first, first + TURN);
    for (const query of turn) {
      times.ours.push(await timed(async () => hits.push(await scan.query(query, HITS))));
    }
    for (const query of turn) times.plain.push(await timed(() => truth.push(plain.query(query, HITS))));
    for (const query of turn) times.vectra.push(await timed(() => vectra.query(query, HITS)));
  }
  return {
    times: {
      ours: times.ours.slice(TURN),
      plain: times.plain.slice(TURN),
      vectra: times.vectra.slice(TURN),
    },
    recall: recallOf(hits, truth),
  };
}

function recallOf(hits: readonly (readonly VectorHit[])[], truth: readonly (readonly number[])[]): number {
  let found = 0;
  for (const [at, rows] of truth.entries()) {
    const given = new Set(hits[at]?.map(rowOf));
    found += rows.filter((row) => given.has(row)).length;
  }
  return found / truth.flat().length;
}

/** The vectors that were stored, and what to ask for. */
function generate({ items, dims, seed }: VectorCases): {
  readonly rows: Float32Array;
  readonly queries: readonly Float32Array[];
} {
  const vectors = new ClusteredVectors(dims, seed);
  const rows = new Float32Array(items * dims);
  for (let row = 0; row < items; row++) rows.set(vectors.next(), row * dims);
  return { rows, queries: Array.from({ length: TURN + QUERIES }, () => vectors.next()) };
}

const PAGE_BYTES = 65_536;
/** Far more than any cache holds. */
const BYTES = 256 * 2 ** 20;
const RUNS = 10;

/** Bytes that one thread of this machine can read from memory in a millisecond, the best of ten runs. */
function readBandwidth(): number {
  const module = new WebAssembly.Module(Uint8Array.from(Buffer.from(READ_MEMORY_WASM, 'base64')));
  const { memory, read } = new WebAssembly.Instance(module).exports as {
    readonly memory: WebAssembly.Memory;
    readonly read: (at: number, bytes: number) => number;
  };
  memory.grow(BYTES / PAGE_BYTES - 1);
  // Pages that were never written to are all one page.
  new Uint8Array(memory.buffer).fill(1);
  let fastest = Infinity;
  for (let run = 0; run < RUNS; run++) {
    const started = performance.now();
    read(0, BYTES);
    fastest = Math.min(fastest, performance.now() - started);
  }
  return BYTES / fastest;
}

const CHUNKS_OF_A_FILE = 20;

/** The vectors that are measured, and what makes them the same in every run. */
interface VectorCases {
  readonly items: number;
  readonly dims: number;
  readonly seed: number;
}

/** The place of a vector in the order in which they are made, as a path and an ordinal. */
function placeOf(at: number): Pick<VectorItem, 'path' | 'ordinal'> {
  return { path: `file${Math.floor(at / CHUNKS_OF_A_FILE)}`, ordinal: at % CHUNKS_OF_A_FILE };
}

/** The inverse of `placeOf`. */
function rowOf({ path, ordinal }: Pick<VectorItem, 'path' | 'ordinal'>): number {
  return Number(path.slice('file'.length)) * CHUNKS_OF_A_FILE + ordinal;
}
