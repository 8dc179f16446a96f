import { nextTurn } from '../core/async/timeSlice.ts';
import { quantile } from '../evals/metrics/average.ts';

/** Times of single calls in milliseconds. */
export interface Latency {
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
}

export function latencyOf(times: readonly number[]): Latency {
  const at = (q: number): number => quantile(times, q) ?? 0;
  return { p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) };
}

/** How long one call takes, in milliseconds. */
export async function timed(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** One way to answer the cases, which are known by their number. */
export interface TimedWay {
  /** What is there already when somebody asks; not timed. */
  readonly prepare?: (at: number) => unknown;
  readonly run: (at: number) => unknown;
}

interface TimingPlan {
  /** How many cases there are. */
  readonly count: number;
  /** The first so many are done once before anything is timed. */
  readonly warmUp: number;
  readonly signal: AbortSignal;
  /** Goes on from the start again for as long as this holds; once through all cases unless given. */
  readonly goesOn?: () => boolean;
  /** Every call waits for its turn, as a message to a busy thread does, and the waiting counts. */
  readonly takesTurns?: boolean;
}

/** Every case in every way, one after the other, so that all ways meet the same machine. Times in ms. */
export async function timeWays<Way extends string>(
  ways: Readonly<Record<Way, TimedWay>>,
  { count, warmUp, signal, goesOn, takesTurns = false }: TimingPlan,
): Promise<Readonly<Record<Way, readonly number[]>>> {
  const names = Object.keys(ways) as Way[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Way, number[]>;
  const call = async (name: Way, at: number): Promise<number> => {
    await ways[name].prepare?.(at);
    return timed(async () => {
      if (takesTurns) await nextTurn();
      await ways[name].run(at);
    });
  };
  for (let at = 0; at < Math.min(warmUp, count); at++) for (const name of names) await call(name, at);
  for (let at = 0; goesOn ? count > 0 && goesOn() : at < count; at++) {
    signal.throwIfAborted();
    for (const name of names) times[name].push(await call(name, at % count));
  }
  return times;
}
