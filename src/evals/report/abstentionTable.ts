import { classify } from '../metrics/classification.ts';
import type { ChatOutcome } from '../outcome.ts';
import { markup, type Markup } from './markup.ts';
import { percent } from './numbers.ts';

const ANSWERS = 'answers';
const DECLINES = 'declines';

/** Whether answers were given where there is one: a row for what should be done and a column for what was. */
export function abstentionTable(outcomes: readonly ChatOutcome[]): Markup | null {
  const { n, accuracy, labels, macro, confusion } = classify(
    outcomes.flatMap(({ isAnswerable, trials }) =>
      trials.map(({ isAbstention }) => ({
        actual: isAnswerable ? ANSWERS : DECLINES,
        predicted: isAbstention ? DECLINES : ANSWERS,
      })),
    ),
  );
  if (n === 0 || labels.length < 2) return null;
  const share = (value: number | null): string => (value === null ? '–' : percent(value));
  return markup`<details class="fold">
    <summary>Answers and abstentions: ${share(accuracy)} rightly so</summary>
    <div class="wide">
      <table>
        <thead>
          <tr>
            <th scope="col">Should</th>
            ${labels.map(({ label }) => markup`<th scope="col" class="number">${label}</th>`)}
            <th scope="col" class="number">Precision</th>
            <th scope="col" class="number">Recall</th>
            <th scope="col" class="number">F1</th>
          </tr>
        </thead>
        <tbody>
          ${labels.map(
            ({ label, precision, recall, f1 }, row) =>
              markup`<tr>
                <th scope="row">${label === ANSWERS ? 'answer' : 'decline'}</th>
                ${confusion[row]?.map((count) => markup`<td class="number">${count}</td>`) ?? null}
                <td class="number">${share(precision)}</td>
                <td class="number">${share(recall)}</td>
                <td class="number">${share(f1)}</td>
              </tr>`,
          )}
          <tr>
            <th scope="row">Mean of both</th>
            ${labels.map(() => markup`<td></td>`)}
            <td class="number">${share(macro.precision)}</td>
            <td class="number">${share(macro.recall)}</td>
            <td class="number">${share(macro.f1)}</td>
          </tr>
        </tbody>
      </table>
    </div>
  </details>`;
}
