import { changeWords } from '../baseline/changeWords.ts';
import type {
  BaselineComparison,
  ChangedCase,
  MeasureComparison,
  SuiteComparison,
} from '../baseline/compareWithBaseline.ts';
import { SUITE_TITLES } from '../baseline/measures.ts';
import type { Suite } from '../evaluation.ts';
import { caseAnchor } from './caseAnchor.ts';
import { differentCases, LISTED, madeDifferently, verdictWords } from './comparisonWords.ts';
import { markup, type Markup } from './markup.ts';
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
