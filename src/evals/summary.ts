import type { EvalCase } from './evalCase.ts';
import {
  type Metric,
  type Score,
  scoreOf,
  type SetMetric,
  type SetScore,
  setScoreOf,
} from './metrics/metric.ts';
import { latencyOf, usageOf, type Latency, type ModelUsage, type TimedRun } from './metrics/usage.ts';

/** Scores of the outcomes that have something in common. */
export interface GroupScores {
  readonly name: string;
  readonly n: number;
  readonly scores: readonly Score[];
}

export interface Summary {
  readonly scores: readonly Score[];
  /** What is measured on all outcomes together. */
  readonly sets: readonly SetScore[];
  /** What the groups have in common → the groups, largest first. */
  readonly groups: Readonly<Record<string, readonly GroupScores[]>>;
  /** Null without a case. */
  readonly latency: Latency | null;
  /** Null when no language model was asked. */
  readonly usage: ModelUsage | null;
}

export interface SummaryOptions<O> {
  readonly sets?: readonly SetMetric<O>[];
  /** The runs of a case, where it is run several times or by a language model; else the case is one run. */
  readonly runsOf?: (outcome: O) => readonly TimedRun[];
  /** For the intervals of what is measured on all outcomes together. */
  readonly seed?: number;
}

type Timed = EvalCase & { readonly elapsedMs: number };

/** Scores of all outcomes together and of each group; `groupings` say what an outcome is grouped by. */
export function summarizeOutcomes<O extends Timed>(
  outcomes: readonly O[],
  metrics: readonly Metric<O>[],
  groupings: Readonly<Record<string, (outcome: O) => string>>,
  { sets = [], runsOf, seed = 1 }: SummaryOptions<O> = {},
): Summary {
  const runs = runsOf && outcomes.flatMap(runsOf);
  return {
    scores: metrics.map((metric) => scoreOf(metric, outcomes)),
    sets: sets.map((metric) => setScoreOf(metric, outcomes, seed)),
    groups: Object.fromEntries(
      Object.entries(groupings).map(([name, groupOf]) => [name, groupScores(outcomes, metrics, groupOf)]),
    ),
    latency: latencyOf(runs ?? outcomes),
    usage: runs ? usageOf(runs) : null,
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
