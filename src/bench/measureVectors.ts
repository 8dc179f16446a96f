import type { VectorHit, VectorVersion } from '../core/ports/vectors.ts';
import { openStockVectra, openVectorScan, type VectorPlace, type VectorScan } from './vectorScan.ts';
import { ClusteredVectors } from './clusteredVectors.ts';
import { latencyOf, timed, type Latency } from './latency.ts';
import { PlainScan } from './plainScan.ts';
import { readBandwidth } from './readBandwidth.ts';
import { rowOf, type VectorCases } from './vectorCases.ts';

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
export async function measureVectors(
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
  return { ...latencyOf(times), fastestMs: Math.min(...times) };
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
