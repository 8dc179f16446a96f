import type { EvalCase } from './evalCase.ts';
import { scoreOf, type Metric, type Score } from './metrics/metric.ts';
import { quantile } from './metrics/quantile.ts';

/** Scores of the outcomes that have something in common. */
export interface GroupScores {
  readonly name: string;
  readonly n: number;
  readonly scores: readonly Score[];
}

export interface Summary {
  readonly scores: readonly Score[];
  /** What the groups have in common → the groups, largest first. */
  readonly groups: Readonly<Record<string, readonly GroupScores[]>>;
  readonly latency: { readonly p50Ms: number; readonly p95Ms: number } | null;
}

type Timed = EvalCase & { readonly elapsedMs: number };

/** Scores of all outcomes together and of each group; `groupings` say what an outcome is grouped by. */
export function summarizeOutcomes<O extends Timed>(
  outcomes: readonly O[],
  metrics: readonly Metric<O>[],
  groupings: Readonly<Record<string, (outcome: O) => string>>,
): Summary {
  const times = outcomes.map(({ elapsedMs }) => elapsedMs);
  const p50Ms = quantile(times, 0.5);
  const p95Ms = quantile(times, 0.95);
  return {
    scores: metrics.map((metric) => scoreOf(metric, outcomes)),
    groups: Object.fromEntries(
      Object.entries(groupings).map(([name, groupOf]) => [name, groupScores(outcomes, metrics, groupOf)]),
    ),
    latency: p50Ms === undefined || p95Ms === undefined ? null : { p50Ms, p95Ms },
  };
}

function groupScores<O>(
  outcomes: readonly O[],
  metrics: readonly Metric<O>[],
  groupOf: (outcome: O) => string,
): readonly GroupScores[] {
  const groups = Map.groupBy(outcomes, groupOf);
  return [...groups]
    .map(([name, members]) => ({
      name,
      n: members.length,
      scores: metrics.map((metric) => scoreOf(metric, members)),
    }))
    .sort((a, b) => b.n - a.n || (a.name < b.name ? -1 : 1));
}
