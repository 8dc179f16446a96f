import { changeWords } from '../baseline/changeWords.ts';
import type {
  BaselineComparison,
  ChangedCase,
  MeasureComparison,
  SuiteComparison,
} from '../baseline/compareWithBaseline.ts';
import { SUITE_TITLES } from '../baseline/measures.ts';
import { differentCases, LISTED, movement, verdictWords } from './comparisonWords.ts';
import { markup, type Markup } from './markup.ts';

const TONES = { better: 'good', worse: 'bad' } as const;

/** The report's section on how an evaluation compares with its baseline. */
export function comparisonSection({ recipe, suites }: BaselineComparison): Markup {
  return markup`<h2>Against the baseline</h2>
    <p class="quiet">Every case is compared with itself. Cases made from one file count as depending on each other.</p>
    ${
      recipe.before === recipe.now
        ? null
        : markup`<p class="remark">The baseline's index was made differently (${recipe.before}, now ${recipe.now}).</p>`
    }
    ${suites.map(suitePart)}`;
}

function suitePart(suite: SuiteComparison): Markup {
  const different = differentCases(suite);
  return markup`<h3>${SUITE_TITLES[suite.suite]}</h3>
    ${different === null ? null : markup`<p class="remark">${different}</p>`}
    <table>
      <thead>
        <tr>
          <th scope="col">Measure</th>
          <th scope="col">Scores</th>
          <th scope="col">Verdict</th>
        </tr>
      </thead>
      <tbody>${suite.measures.map(measureRow)}</tbody>
    </table>
    ${worstCases(suite.changed.filter(({ change }) => change < 0))}`;
}

function measureRow(measure: MeasureComparison): Markup {
  const { outcome } = measure.comparison;
  return markup`<tr>
    <th scope="row">${measure.label}</th>
    <td>${movement(measure)}</td>
    <td>
      ${verdictWords(measure)}
      ${outcome === 'no visible difference' ? null : markup`<span class="badge ${TONES[outcome]}">${outcome}</span>`}
    </td>
  </tr>`;
}

function worstCases(worse: readonly ChangedCase[]): Markup | null {
  if (worse.length === 0) return null;
  const shown = worse.slice(0, LISTED);
  return markup`<details open>
    <summary>Cases that got worse: ${shown.length} of ${worse.length}</summary>
    <div class="wide">
      <table>
        <tbody>
          ${shown.map(
            (each) =>
              markup`<tr>
                <td><code>${each.id}</code></td>
                <td>${changeWords(each)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`;
}
