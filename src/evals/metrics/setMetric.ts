import { bootstrapStatistic } from '../statistics/bootstrapStatistic.ts';

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
