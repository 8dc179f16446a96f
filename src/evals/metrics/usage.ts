import { mean, quantile } from './average.ts';

/** What one run of a case took; a run of anything but a language model has a time and nothing else. */
export interface TimedRun {
  readonly elapsedMs: number;
  readonly firstTokenMs: number | null;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  /** US dollars. */
  readonly cost: number | null;
  readonly isReplayed: boolean;
}

/** Times by nearest rank, see `quantile`. */
export interface Latency {
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  /** Runs a second, one after another; null when they took no time that can be measured. */
  readonly perSecond: number | null;
}

/** What language models took. A total is null unless every run says its part: an unknown part is not 0. */
export interface ModelUsage {
  readonly runs: number;
  /** Runs out of the replay cache, with the times and tokens of the recording. */
  readonly replayed: number;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly cost: number | null;
  readonly firstTokenP50Ms: number | null;
  /** Mean of (end - first token) / (output tokens - 1) over the runs with two tokens or more. */
  readonly msPerToken: number | null;
  /** Output tokens a second of whole runs, one after another. */
  readonly tokensPerSecond: number | null;
}

/** Null without a run. */
export function latencyOf(runs: readonly Pick<TimedRun, 'elapsedMs'>[]): Latency | null {
  const times = runs.map(({ elapsedMs }) => elapsedMs);
  const [p50Ms, p95Ms, p99Ms] = [0.5, 0.95, 0.99].map((share) => quantile(times, share));
  if (p50Ms === undefined || p95Ms === undefined || p99Ms === undefined) return null;
  const total = times.reduce((sum, time) => sum + time, 0);
  return { p50Ms, p95Ms, p99Ms, perSecond: total > 0 ? (1000 * times.length) / total : null };
}

/** Null when no run has tokens: no language model was asked. */
export function usageOf(runs: readonly TimedRun[]): ModelUsage | null {
  if (runs.every(({ outputTokens, firstTokenMs }) => outputTokens === null && firstTokenMs === null)) {
    return null;
  }
  const outputTokens = total(runs.map((run) => run.outputTokens));
  const elapsedMs = runs.reduce((sum, run) => sum + run.elapsedMs, 0);
  const firstTokens = runs.map(({ firstTokenMs }) => firstTokenMs).filter((time) => time !== null);
  return {
    runs: runs.length,
    replayed: runs.filter(({ isReplayed }) => isReplayed).length,
    inputTokens: total(runs.map(({ inputTokens }) => inputTokens)),
    outputTokens,
    cost: total(runs.map(({ cost }) => cost)),
    firstTokenP50Ms: quantile(firstTokens, 0.5) ?? null,
    msPerToken: mean(runs.map(msPerToken)) ?? null,
    tokensPerSecond: outputTokens === null || elapsedMs === 0 ? null : (1000 * outputTokens) / elapsedMs,
  };
}

function msPerToken({ elapsedMs, firstTokenMs, outputTokens }: TimedRun): number | undefined {
  if (firstTokenMs === null || outputTokens === null || outputTokens < 2) return undefined;
  return (elapsedMs - firstTokenMs) / (outputTokens - 1);
}

function total(parts: readonly (number | null)[]): number | null {
  return parts.reduce<number | null>((sum, part) => (sum === null || part === null ? null : sum + part), 0);
}
