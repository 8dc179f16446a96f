import { changeWords } from '../baseline/changeWords.ts';
import type {
  BaselineComparison,
  ChangedCase,
  MeasureComparison,
  SuiteComparison,
} from '../baseline/compareWithBaseline.ts';
import { SUITE_TITLES } from '../baseline/scoredCase.ts';
import { counted } from '../counted.ts';
import type { Suite } from '../evaluation.ts';
import { points, signedPoints, verdict } from '../statistics/comparison.ts';
import { caseAnchor, markup, type Markup } from './markup.ts';
import { percent } from './numbers.ts';

const TONES = { better: 'good', worse: 'bad', 'no visible difference': 'quiet' } as const;

/** The report's section on how an evaluation compares with its baseline. */
export function comparisonSection(comparison: BaselineComparison): Markup {
  return markup`<h2>Against the baseline</h2>
    <p class="quiet">Every case is compared with itself. Cases made from one file count as depending on each other.</p>
    ${madeDifferently(comparison).map((each) => markup`<p class="remark">${each}</p>`)}
    ${comparison.suites.map(suitePart)}`;
}

function suitePart(suite: SuiteComparison): Markup {
  const different = differentCases(suite);
  return markup`<h3>${SUITE_TITLES[suite.suite]}</h3>
    ${different === null ? null : markup`<p class="remark">${different}</p>`}
    <div class="wide">
      <table>
        <thead>
          <tr>
            <th scope="col">Measure</th>
            <th scope="col" class="number">Before</th>
            <th scope="col" class="number">Now</th>
            <th scope="col" class="number">Cases better, worse</th>
          </tr>
        </thead>
        <tbody>${suite.measures.map(measureRow)}</tbody>
      </table>
    </div>
    ${changedCases('Cases that got worse', suite.suite, worstFirst(suite.changed), true)}
    ${changedCases('Cases that got better', suite.suite, bestFirst(suite.changed), false)}`;
}

function measureRow(measure: MeasureComparison): Markup {
  const { outcome, theirs, ours, wins, losses } = measure.comparison;
  return markup`<tr class="compared">
      <th scope="row">${measure.label}</th>
      <td class="number">${percent(theirs)}</td>
      <td class="number strong">${percent(ours)}</td>
      <td class="number">${wins}, ${losses}</td>
    </tr>
    <tr>
      <td colspan="4" class="verdict ${TONES[outcome]}">${verdictWords(measure)}</td>
    </tr>`;
}

function worstFirst(changed: readonly ChangedCase[]): readonly ChangedCase[] {
  return changed.filter(({ change }) => change < 0);
}

function bestFirst(changed: readonly ChangedCase[]): readonly ChangedCase[] {
  return changed.filter(({ change }) => change > 0).toReversed();
}

function changedCases(
  title: string,
  suite: Suite,
  changed: readonly ChangedCase[],
  isOpen: boolean,
): Markup | null {
  if (changed.length === 0) return null;
  const shown = changed.slice(0, LISTED);
  return markup`<details class="fold"${isOpen ? markup` open` : null}>
    <summary>${title}: ${shown.length === changed.length ? changed.length : `${shown.length} of ${changed.length}`}</summary>
    <div class="wide">
      <table>
        <tbody>
          ${shown.map(
            (each) =>
              markup`<tr>
                <td><a href="#${caseAnchor(suite, each.id)}"><code>${each.id}</code></a></td>
                <td>${changeWords(each)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`;
}

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

/** Why scores may have moved, a sentence each, beside what was changed in the code. */
function madeDifferently({ recipe, prompt }: BaselineComparison): readonly string[] {
  return [
    ...(recipe.before === recipe.now
      ? []
      : [`The baseline's index was made differently (${recipe.before}, now ${recipe.now}).`]),
    ...(prompt === null || prompt.before === prompt.now
      ? []
      : [`The baseline's model was asked with another prompt (${prompt.before}, now ${prompt.now}).`]),
  ];
}

/** Of the cases that got worse so many are listed. */
const LISTED = 10;

/** `82 % before, 71 % now; 3 cases better, 14 worse`. */
function movement({ comparison }: MeasureComparison): string {
  const { theirs, ours, wins, losses } = comparison;
  return `${percent(theirs)} before, ${percent(ours)} now; ${counted(wins, 'case')} better, ${losses} worse`;
}

/** The verdict with what was measured and what could have been: interval and least difference that can be seen. */
function verdictWords({ comparison }: MeasureComparison): string {
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

/** `2 cases vanished, 1 is new`; null when both have the same. */
function differentCases({ vanished, added }: SuiteComparison): string | null {
  const parts = [
    ...(vanished.length > 0 ? [`${counted(vanished.length, 'case')} of the baseline vanished`] : []),
    ...(added.length > 0 ? [counted(added.length, 'new case')] : []),
  ];
  return parts.length === 0 ? null : `${parts.join(', ')}; only cases in both are compared.`;
}

function range([low, high]: readonly [number, number]): string {
  return `${signedPoints(low)} to ${signedPoints(high)}`;
}
