import { counted } from '../counted.ts';
import type { BaselineComparison, SuiteComparison } from './compareWithBaseline.ts';
import { SUITE_TITLES } from './scoredCase.ts';

/**
 * Why an evaluation does not pass, each reason in words; empty when it passes. What is visibly worse never passes.
 * `strict` also wants every visible improvement and every vanished or new case in the baseline, so that a later fall
 * back to today's scores is seen.
 */
export function objections({ suites }: BaselineComparison, strict: boolean): readonly string[] {
  return suites.flatMap((suite) => [
    ...measured(suite, 'worse'),
    ...(strict ? [...measured(suite, 'better'), ...missing(suite)] : []),
  ]);
}

function measured({ suite, measures }: SuiteComparison, outcome: 'worse' | 'better'): readonly string[] {
  return measures
    .filter(({ comparison }) => comparison.outcome === outcome)
    .map(({ label }) => `${SUITE_TITLES[suite]}: “${label}” is visibly ${outcome} than the baseline.`);
}

function missing({ suite, vanished, added }: SuiteComparison): readonly string[] {
  const title = SUITE_TITLES[suite];
  return [
    ...(vanished.length > 0
      ? [`${title}: ${counted(vanished.length, 'case')} of the baseline vanished.`]
      : []),
    ...(added.length > 0 ? [`${title}: ${counted(added.length, 'new case')} not in the baseline.`] : []),
  ];
}
