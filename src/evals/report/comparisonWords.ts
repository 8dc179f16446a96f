import type {
  BaselineComparison,
  MeasureComparison,
  SuiteComparison,
} from '../baseline/compareWithBaseline.ts';
import { counted } from '../counted.ts';
import { verdict } from '../statistics/verdict.ts';
import { percent } from './numbers.ts';
import { points, signedPoints } from '../statistics/points.ts';

/** Of the cases that got worse so many are listed. */
export const LISTED = 10;

/** `82 % before, 71 % now; 3 cases better, 14 worse`. */
export function movement({ comparison }: MeasureComparison): string {
  const { theirs, ours, wins, losses } = comparison;
  return `${percent(theirs)} before, ${percent(ours)} now; ${counted(wins, 'case')} better, ${losses} worse`;
}

/** The verdict with what was measured and what could have been: interval and least difference that can be seen. */
export function verdictWords({ comparison }: MeasureComparison): string {
  const { n, wins, losses, outcome, interval, minimumDetectable } = comparison;
  if (n === 0) return 'nothing to compare: no case is in both';
  if (wins + losses === 0) return 'no case changed';
  if (outcome === 'no visible difference') {
    return interval === null
      ? verdict(comparison)
      : `${verdict(comparison)} (95 % interval ${range(interval)})`;
  }
  if (!minimumDetectable) return verdict(comparison);
  return `${verdict(comparison)}; differences ≥ ${points(minimumDetectable)} points can be seen`;
}

/** Why scores may have moved, a sentence each, beside what was changed in the code. */
export function madeDifferently({ recipe, prompt }: BaselineComparison): readonly string[] {
  return [
    ...(recipe.before === recipe.now
      ? []
      : [`The baseline's index was made differently (${recipe.before}, now ${recipe.now}).`]),
    ...(prompt === null || prompt.before === prompt.now
      ? []
      : [`The baseline's model was asked with another prompt (${prompt.before}, now ${prompt.now}).`]),
  ];
}

/** `2 cases vanished, 1 is new`; null when both have the same. */
export function differentCases({ vanished, added }: SuiteComparison): string | null {
  const parts = [
    ...(vanished.length > 0 ? [`${counted(vanished.length, 'case')} of the baseline vanished`] : []),
    ...(added.length > 0 ? [counted(added.length, 'new case')] : []),
  ];
  return parts.length === 0 ? null : `${parts.join(', ')}; only cases in both are compared.`;
}

function range([low, high]: readonly [number, number]): string {
  return `${signedPoints(low)} to ${signedPoints(high)}`;
}
