import type { ShardVersions } from '../../core/indexing/records.ts';
import type { VectorHit } from '../../core/ports.ts';
import {
  openStockVectra,
  openVectorScan,
  type VectorPlace,
  type VectorScan,
} from '../../engine/vectorScan.ts';
import { ClusteredVectors } from './clusteredVectors.ts';
import { latencyOf, timed, type Latency } from './latency.ts';
import { PlainScan } from './plainScan.ts';
import { readBandwidth } from './readBandwidth.ts';
import { rowOf, type VectorCases } from './vectorCases.ts';

const QUERIES = 200;
const WARM_UP = 20;
const HITS = 20;
const MEGABYTE = 1e6;
const GIGABYTE = 1e9;

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
    readonly query: Latency;
    /** Mean number of rows whose true score a query computed. */
    readonly lookUps: number;
  };
  readonly baselines: {
    readonly plainScan: Latency;
    readonly vectra: { readonly loadMs: number; readonly query: Latency };
  };
  /** Share of the twenty best by the plain scan that are among our twenty. */
  readonly recallAt20: number;
  /** What one thread reads at the most, and how long it needs for the rounded rows alone. */
  readonly floor: { readonly gigabytesPerSecond: number; readonly ms: number };
  /** Medians of the others as so many times ours, and ours as so many times the floor. */
  readonly ratio: { readonly plainScan: number; readonly vectra: number; readonly floor: number };
}

/** Loads what is stored and asks it, a plain scan and vectra. The process must have held no vectors before. */
export async function measureVectors(
  place: VectorPlace,
  versions: ShardVersions,
  cases: VectorCases,
  signal: AbortSignal,
): Promise<VectorBenchResult> {
  const before = process.memoryUsage.rss();
  const opening = performance.now();
  const scan = await openVectorScan(place, versions);
  const loadMs = performance.now() - opening;
  const rssMegabytes = (process.memoryUsage.rss() - before) / MEGABYTE;
  const { rows, queries } = generate(cases);
  const vectra = openStockVectra(place, versions);
  const vectraLoadMs = await timed(() => vectra.query(queries[0] ?? new Float32Array(cases.dims), 1));
  const { times, recall } = await askAll(
    { scan, plain: new PlainScan(rows, cases.dims), vectra },
    queries,
    signal,
  );
  const lookUps = scan.lookUps / queries.length;
  await scan.close();
  const [ours, plainScan, stock] = [latencyOf(times.ours), latencyOf(times.plain), latencyOf(times.vectra)];
  const bytesPerMs = readBandwidth();
  const floorMs = (cases.items * cases.dims) / bytesPerMs;
  return {
    ...cases,
    n: QUERIES,
    ours: { loadMs, rssMegabytes, query: ours, lookUps },
    baselines: { plainScan, vectra: { loadMs: vectraLoadMs, query: stock } },
    recallAt20: recall,
    floor: { gigabytesPerSecond: (bytesPerMs * 1000) / GIGABYTE, ms: floorMs },
    ratio: {
      plainScan: plainScan.p50Ms / ours.p50Ms,
      vectra: stock.p50Ms / ours.p50Ms,
      floor: ours.p50Ms / floorMs,
    },
  };
}

interface Ways {
  readonly scan: Pick<VectorScan, 'query'>;
  readonly plain: PlainScan;
  readonly vectra: Pick<VectorScan, 'query'>;
}

/** Every query in every way, one after the other, so that all ways meet the same machine. */
async function askAll({ scan, plain, vectra }: Ways, queries: readonly Float32Array[], signal: AbortSignal) {
  const times = { ours: [] as number[], plain: [] as number[], vectra: [] as number[] };
  let wanted = 0;
  let found = 0;
  for (const [at, query] of queries.entries()) {
    signal.throwIfAborted();
    let hits: readonly VectorHit[] = [];
    let truth: readonly number[] = [];
    const ours = await timed(async () => {
      hits = await scan.query(query, HITS);
    });
    const slow = await timed(() => {
      truth = plain.query(query, HITS);
    });
    const stock = await timed(() => vectra.query(query, HITS));
    if (at < WARM_UP) continue;
    times.ours.push(ours);
    times.plain.push(slow);
    times.vectra.push(stock);
    const given = new Set(hits.map(rowOf));
    wanted += truth.length;
    found += truth.filter((row) => given.has(row)).length;
  }
  return { times, recall: found / wanted };
}

/** The vectors that were stored, and what to ask for. */
function generate({ items, dims, seed }: VectorCases): {
  readonly rows: Float32Array;
  readonly queries: readonly Float32Array[];
} {
  const vectors = new ClusteredVectors(dims, seed);
  const rows = new Float32Array(items * dims);
  for (let row = 0; row < items; row++) rows.set(vectors.next(), row * dims);
  return { rows, queries: Array.from({ length: WARM_UP + QUERIES }, () => vectors.next()) };
}
