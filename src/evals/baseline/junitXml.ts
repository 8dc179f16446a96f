import type { CaseError, Evaluation, Suite } from '../evaluation.ts';
import { escapeHtml } from '../../core/text/escapeHtml.ts';
import { withSigns } from '../../core/text/unseen.ts';
import type { BaselineComparison, ChangedCase, SuiteComparison } from './compareWithBaseline.ts';
import { changeWords } from './changeWords.ts';
import { type ScoredCase, scoredCases, SUITES } from './scoredCase.ts';

/** What XML 1.0 has no way to say, not even escaped (section 2.2). */
const NOT_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/**
 * An evaluation as JUnit XML: a test suite for each suite and a test case for each case, with its scores as properties.
 * A case that got worse than the baseline is a failure, one that vanished is skipped, and one that a model did not answer
 * is an error.
 */
export function junitXml(evaluation: Evaluation, comparison?: BaselineComparison): string {
  const scored = scoredCases(evaluation);
  const suites = SUITES.flatMap((suite) => {
    const cases = scored[suite];
    const compared = comparison?.suites.find((each) => each.suite === suite);
    const errors = suite === 'chat' ? (evaluation.chat?.errors ?? []) : [];
    return cases ? [suiteElement(suite, { cases, errors, compared })] : [];
  });
  const name = escapeXml(evaluation.workspace);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="${name}">\n${suites.join('')}</testsuites>\n`;
}

interface SuiteParts {
  readonly cases: readonly ScoredCase[];
  readonly errors: readonly CaseError[];
  readonly compared: SuiteComparison | undefined;
}

function suiteElement(suite: Suite, { cases, errors, compared }: SuiteParts): string {
  const worse = new Map(
    compared?.changed.filter(({ change }) => change < 0).map((each) => [each.id, each] as const),
  );
  const vanished = compared?.vanished ?? [];
  const seconds = secondsOf(cases.reduce((sum, { elapsedMs }) => sum + elapsedMs, 0));
  const tests = cases.length + vanished.length + errors.length;
  const failed = errors.length > 0 ? ` errors="${errors.length}"` : '';
  const counts = `tests="${tests}" failures="${worse.size}"${failed} skipped="${vanished.length}"`;
  return `  <testsuite name="${suite}" ${counts} time="${seconds}">
${cases.map((each) => caseElement(suite, each, worse.get(each.id))).join('')}${errors
    .map((each) => errorElement(suite, each))
    .join('')}${vanished.map((id) => skippedElement(suite, id)).join('')}  </testsuite>
`;
}

function caseElement(
  suite: Suite,
  { id, elapsedMs, scores }: ScoredCase,
  worse: ChangedCase | undefined,
): string {
  const properties = Object.entries(scores).map(
    ([name, value]) => `        <property name="${escapeXml(name)}" value="${value}"/>\n`,
  );
  const failure = worse ? `      <failure message="${escapeXml(changeWords(worse))}"/>\n` : '';
  return `    <testcase classname="${suite}" name="${escapeXml(id)}" time="${secondsOf(elapsedMs)}">
      <properties>
${properties.join('')}      </properties>
${failure}    </testcase>
`;
}

function errorElement(suite: Suite, { id, message }: CaseError): string {
  return `    <testcase classname="${suite}" name="${escapeXml(id)}">
      <error message="${escapeXml(message)}"/>
    </testcase>
`;
}

function skippedElement(suite: Suite, id: string): string {
  return `    <testcase classname="${suite}" name="${escapeXml(id)}">
      <skipped message="The baseline has this case, the workspace no more."/>
    </testcase>
`;
}

function secondsOf(ms: number): string {
  return (ms / 1000).toFixed(3);
}

function escapeXml(text: string): string {
  return escapeHtml(withSigns(text).replace(NOT_XML, ''));
}
