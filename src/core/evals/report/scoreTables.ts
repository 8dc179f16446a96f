import type { Score } from '../metrics/metric.ts';
import type { GroupScores, Summary } from '../summary.ts';
import { barChart } from './barChart.ts';
import { markup, type Markup } from './markup.ts';
import { duration, intervalText, scoreText } from './numbers.ts';

/** Of many groups the largest are shown at once. */
const SHOWN_GROUPS = 12;

/** Every score of a suite, then how the first differs between kinds of cases, languages and folders. */
export function scoreTables({ scores, groups, latency }: Summary): Markup {
  const [headline] = scores;
  return markup`<table class="scores">
      <thead>
        <tr>
          <th scope="col">Measure</th>
          <th scope="col" class="number">Value</th>
          <th scope="col" class="number">95 % interval</th>
          <th scope="col" class="number">Cases</th>
        </tr>
      </thead>
      <tbody>
        ${scores.map(scoreRow)}${latency ? latencyRow(latency) : null}
      </tbody>
    </table>
    ${Object.entries(groups).map(([title, members]) => grouped(title, members, headline?.metric ?? ''))}`;
}

function scoreRow(score: Score): Markup {
  return markup`<tr>
    <th scope="row">${score.label}</th>
    <td class="number strong">${scoreText(score)}</td>
    <td class="number">${intervalText(score)}</td>
    <td class="number">${score.n}</td>
  </tr>`;
}

function latencyRow({ p50Ms, p95Ms }: { readonly p50Ms: number; readonly p95Ms: number }): Markup {
  return markup`<tr>
      <th scope="row">Time to answer: half of the cases</th>
      <td class="number strong">${duration(p50Ms)}</td>
      <td></td>
      <td></td>
    </tr>
    <tr>
      <th scope="row">Time to answer: 95 of 100 cases</th>
      <td class="number strong">${duration(p95Ms)}</td>
      <td></td>
      <td></td>
    </tr>`;
}

function grouped(title: string, members: readonly GroupScores[], headline: string): Markup {
  const shown = members.slice(0, SHOWN_GROUPS);
  const rest = members.length - shown.length;
  return markup`<section class="group">
    <h3>${title}</h3>
    ${barChart(shown, headline)}
    <details>
      <summary>All measures by ${title.toLowerCase()}</summary>
      <div class="wide">${groupTable(title, members)}</div>
    </details>
    ${rest > 0 ? markup`<p class="quiet">The ${shown.length} largest of ${members.length} are drawn.</p>` : null}
  </section>`;
}

function groupTable(title: string, members: readonly GroupScores[]): Markup {
  const labels = members[0]?.scores.map(({ label }) => label) ?? [];
  return markup`<table>
    <thead>
      <tr>
        <th scope="col">${title}</th>
        <th scope="col" class="number">Cases</th>
        ${labels.map((label) => markup`<th scope="col" class="number">${label}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${members.map(
        ({ name, n, scores }) =>
          markup`<tr>
            <th scope="row">${name}</th>
            <td class="number">${n}</td>
            ${scores.map(
              (score) =>
                markup`<td class="number">
                  ${scoreText(score)} <span class="quiet">${intervalText(score)}</span>
                </td>`,
            )}
          </tr>`,
      )}
    </tbody>
  </table>`;
}
