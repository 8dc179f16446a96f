import { changeWords } from '../baseline/changeWords.ts';
import type { BaselineComparison, SuiteComparison } from '../baseline/compareWithBaseline.ts';
import { SUITE_TITLES } from '../baseline/measures.ts';
import { counted } from '../counted.ts';
import { differentCases, LISTED, madeDifferently, movement, verdictWords } from './comparisonWords.ts';

/** A comparison with the baseline as lines for a terminal. */
export function comparisonText(comparison: BaselineComparison): string {
  return [
    'Against the baseline',
    ...madeDifferently(comparison).map((each) => `  ${each}`),
    ...comparison.suites.flatMap(suiteLines),
  ].join('\n');
}

function suiteLines(suite: SuiteComparison): readonly string[] {
  const different = differentCases(suite);
  const worse = suite.changed.filter(({ change }) => change < 0);
  return [
    `  ${SUITE_TITLES[suite.suite]}`,
    ...(different === null ? [] : [`    ${different}`]),
    ...suite.measures.flatMap((measure) => [
      `    ${measure.label}: ${movement(measure)}`,
      `      ${verdictWords(measure)}`,
    ]),
    ...(worse.length > 0 ? [`    The worst of ${counted(worse.length, 'case')} that got worse:`] : []),
    ...worse.slice(0, LISTED).map((each) => `      ${each.id}: ${changeWords(each)}`),
  ];
}
