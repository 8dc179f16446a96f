import { bootstrapStatistic } from '../statistics/bootstrap.ts';
import { meanInterval, wilsonInterval } from './average.ts';

/** A number measured on every outcome of a suite. */
export interface Metric<O> {
  readonly id: string;
  /** For people, in a few words. */
  readonly label: string;
  /** A `rate` is how often something is so, shown in percent; a `mean` is a number from 0 to 1 of any other kind. */
  readonly kind: 'rate' | 'mean';
  /** From 0 to 1. `undefined` where the metric does not apply: such outcomes are left out and not counted as 0. */
  of(outcome: O): number | undefined;
}

/** What a metric came to. */
export interface Score {
  readonly metric: string;
  readonly label: string;
  readonly kind: 'rate' | 'mean';
  /** Outcomes it applies to. */
  readonly n: number;
  /** Mean over these; null when there are none. */
  readonly value: number | null;
  /** 95 % confidence interval. */
  readonly interval: readonly [low: number, high: number] | null;
}

/** The mean of a metric over the outcomes it applies to; where all are 0 or 1, with the interval of a rate. */
export function scoreOf<O>(metric: Metric<O>, outcomes: readonly O[]): Score {
  const values = outcomes.map((outcome) => metric.of(outcome)).filter((value) => value !== undefined);
  const { id, label, kind } = metric;
  const n = values.length;
  if (n === 0) return { metric: id, label, kind, n, value: null, interval: null };
  const sum = values.reduce((total, value) => total + value, 0);
  const isYesOrNo = values.every((value) => value === 0 || value === 1);
  const interval = isYesOrNo ? wilsonInterval(sum, n) : meanInterval(values);
  return { metric: id, label, kind, n, value: sum / n, interval };
}

/** A number measured on all outcomes of a suite together, that is not the mean of one measured on each. */
export interface SetMetric<O> {
  readonly id: string;
  /** For people, in a few words. */
  readonly label: string;
  /** A `share` is shown in percent, an `amount` as it is. */
  readonly kind: 'share' | 'amount';
  readonly better: 'higher' | 'lower';
  /** `undefined` where the outcomes say nothing about it. */
  of(outcomes: readonly O[]): number | undefined;
}

/** What a set metric came to. */
export interface SetScore {
  readonly metric: string;
  readonly label: string;
  readonly kind: 'share' | 'amount';
  readonly better: 'higher' | 'lower';
  readonly value: number | null;
  /** 95 % confidence interval. */
  readonly interval: readonly [low: number, high: number] | null;
}

/** A set metric with the interval that its value has when other files of the same kind had been drawn. */
export function setScoreOf<O extends { readonly path: string }>(
  metric: SetMetric<O>,
  outcomes: readonly O[],
  seed: number,
): SetScore {
  const { id, label, kind, better } = metric;
  const value = metric.of(outcomes) ?? null;
  const clusters = [...Map.groupBy(outcomes, ({ path }) => path).values()];
  const interval = value === null ? null : bootstrapStatistic(clusters, (drawn) => metric.of(drawn), seed);
  return { metric: id, label, kind, better, value, interval };
}
