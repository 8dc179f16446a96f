import { quantile } from '../evals/metrics/quantile.ts';
import type { StartBenchResult } from './startBench.ts';

const STARTS = 5;

/** Starts several times, one after the other. */
export async function medianStart(
  start: () => Promise<StartBenchResult>,
): Promise<Pick<StartBenchResult, 'openMs' | 'answeredMs'>> {
  const starts: StartBenchResult[] = [];
  while (starts.length < STARTS) starts.push(await start());
  const median = (of: (each: StartBenchResult) => number): number => quantile(starts.map(of), 0.5) ?? 0;
  return { openMs: median(({ openMs }) => openMs), answeredMs: median(({ answeredMs }) => answeredMs) };
}
