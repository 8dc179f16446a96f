import type { Score, SetScore } from '../metrics/metric.ts';
import type { Latency, ModelUsage } from '../metrics/usage.ts';
import type { GroupScores, Summary } from '../summary.ts';
import { drawnLength, markup, type Markup, measureRow } from './markup.ts';
import {
  amount,
  dollars,
  duration,
  intervalText,
  scoreText,
  setIntervalText,
  setText,
  whole,
} from './numbers.ts';

/** The measures that are shown at once; the others are a click away. */
export const LEADING = 4;
/** Of fewer cases a share says next to nothing. */
const MIN_DRAWN = 5;
/** Of many groups the largest are drawn. */
const DRAWN_GROUPS = 8;

/** The leading scores of a suite, how the first differs between groups, `charts`, and folded up all there is. */
export function scoreTables(summary: Summary, charts: Markup | null): Markup {
  const { scores, groups, latency } = summary;
  const [headline] = scores;
  const metric = headline?.metric ?? '';
  const telling = Object.entries(groups).filter(([, members]) => members.length > 1);
  const drawn = telling
    .map(([title, members]) => chart(title, members, metric))
    .filter((each) => each !== null);
  return markup`${table(markup`${scores.slice(0, LEADING).map(scoreRow)}${latency ? latencyRows(latency) : null}`)}
    ${drawn.length === 0 ? null : markup`<div class="charts">${drawn}</div>`} ${charts}
    ${furtherMeasures(summary)}
    ${telling.map(([title, members]) => groupDetails(title, members))}`;
}

function table(rows: Markup): Markup {
  return markup`<div class="wide">
    <table class="scores">
      <thead>
        <tr>
          <th scope="col">Measure</th>
          <th scope="col" class="number">Value</th>
          <th scope="col" class="number">95 % interval</th>
          <th scope="col" class="number">Cases</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

function furtherMeasures({ scores, sets, latency, usage }: Summary): Markup {
  return markup`<details class="fold">
    <summary>More measures</summary>
    ${table(
      markup`${scores.slice(LEADING).map(scoreRow)}${sets
        .filter(({ value }) => value !== null)
        .map(setRow)}${latency ? tailRows(latency) : null}${usage ? usageRows(usage) : null}`,
    )}
  </details>`;
}

function scoreRow(score: Score): Markup {
  return measureRow(score.label, scoreText(score), intervalText(score), `${score.n}`);
}

function setRow(score: SetScore): Markup {
  return measureRow(score.label, setText(score), setIntervalText(score));
}

function latencyRows({ p50Ms, p95Ms }: Latency): Markup {
  return markup`${measureRow('Time to answer: half of the cases', duration(p50Ms))}${measureRow('Time to answer: 95 of 100 cases', duration(p95Ms))}`;
}

function tailRows({ p99Ms, perSecond }: Latency): Markup {
  return markup`${measureRow('Time to answer: 99 of 100 cases', duration(p99Ms))}${perSecond === null ? null : measureRow('Answers a second, one after another', perSecond.toFixed(perSecond < 10 ? 1 : 0))}`;
}

function chart(title: string, members: readonly GroupScores[], headline: string): Markup | null {
  const telling = members.filter(({ scores }) =>
    scores.some(({ metric, n }) => metric === headline && n >= MIN_DRAWN),
  );
  if (telling.length < 2) return null;
  const shown = telling.slice(0, DRAWN_GROUPS);
  return markup`<div>
    ${barChart(title, shown, headline)}
    ${shown.length < members.length ? markup`<p class="quiet note">${shown.length} of ${members.length}: those with the most cases.</p>` : null}
  </div>`;
}

function groupDetails(title: string, members: readonly GroupScores[]): Markup {
  const labels = members[0]?.scores.slice(0, LEADING).map(({ label }) => label) ?? [];
  return markup`<details class="fold">
    <summary>By ${title.toLowerCase()}</summary>
    <div class="wide">
      <table>
        <thead>
          <tr>
            <th scope="col">${title}</th>
            <th scope="col" class="number">Cases</th>
            ${labels.map((label) => markup`<th scope="col" class="number">${label}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${members.map(groupRow)}
        </tbody>
      </table>
    </div>
  </details>`;
}

function groupRow({ name, n, scores }: GroupScores): Markup {
  return markup`<tr>
    <th scope="row">${name}</th>
    <td class="number">${n}</td>
    ${scores.slice(0, LEADING).map(
      (score) =>
        markup`<td class="number">
          ${scoreText(score)} <span class="quiet">${intervalText(score)}</span>
        </td>`,
    )}
  </tr>`;
}

const ROW = 40;
const BAR = 12;
const WIDTH = 380;
const EDGE = 10;
const PLOT = WIDTH - 2 * EDGE;
const AXIS = 22;
const TICKS = [0, 0.25, 0.5, 0.75, 1];
const LONGEST_NAME = 40;

/** Bars of one metric, a row a group, each with a line for its 95 % interval. Scales to the width there is. */
function barChart(title: string, groups: readonly GroupScores[], metric: string): Markup {
  const height = groups.length * ROW + AXIS;
  const label = groups[0]?.scores.find((score) => score.metric === metric)?.label ?? metric;
  const caption = `${label}, by ${title.toLowerCase()}`;
  return markup`<figure>
    <figcaption>${caption}</figcaption>
    <svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${caption}: ${describe(groups, metric)}">
      ${TICKS.map((tick) => gridLine(tick, height - AXIS))}
      ${groups.map((group, row) => bar(group, metric, row))}
    </svg>
  </figure>`;
}

function describe(groups: readonly GroupScores[], metric: string): string {
  return groups
    .map(({ name, scores }) => {
      const score = scores.find((each) => each.metric === metric);
      return `${name} ${score ? scoreText(score) : '–'}`;
    })
    .join(', ');
}

function gridLine(tick: number, bottom: number): Markup {
  const x = EDGE + tick * PLOT;
  const anchor = tick === 0 ? 'start' : tick === 1 ? 'end' : 'middle';
  return markup`<line class="grid" x1="${x}" y1="18" x2="${x}" y2="${bottom}" />
    <text class="tick" x="${tick === 0 ? 0 : tick === 1 ? WIDTH : x}" y="${bottom + 16}" text-anchor="${anchor}">${tick * 100} %</text>`;
}

function bar({ name, n, scores }: GroupScores, metric: string, row: number): Markup {
  const score = scores.find((each) => each.metric === metric);
  const top = row * ROW;
  const shown = name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name;
  return markup`<text x="${EDGE}" y="${top + 14}">${shown}</text>
    <text x="${WIDTH - EDGE}" y="${top + 14}" text-anchor="end">
      ${score ? scoreText(score) : '–'} <tspan class="count">of ${score?.n ?? n}</tspan>
    </text>
    <rect class="track" x="${EDGE}" y="${top + 20}" width="${PLOT}" height="${BAR}" rx="3" />
    <rect
      class="bar"
      x="${EDGE}"
      y="${top + 20}"
      width="${drawnLength((score?.value ?? 0) * PLOT)}"
      height="${BAR}"
      rx="3"
    />
    ${score?.interval ? whisker(score.interval, top + 20 + BAR / 2) : null}`;
}

function whisker([low, high]: readonly [number, number], y: number): Markup {
  const from = drawnLength(EDGE + low * PLOT);
  const to = drawnLength(EDGE + high * PLOT);
  const line = `M${from} ${y}H${to}M${from} ${y - 4}V${y + 4}M${to} ${y - 4}V${y + 4}`;
  // Some themes have bars as bright as text.
  return markup`<path class="halo" d="${line}" /><path class="whisker" d="${line}" />`;
}

/** What language models took, as rows of the table of measures. What is not known is said to be. */
function usageRows(usage: ModelUsage): Markup {
  return markup`${usageFacts(usage).map(([label, value]) => measureRow(label, value))}`;
}

/** Each fact in words with its value. */
export function usageFacts(usage: ModelUsage): readonly (readonly [label: string, value: string])[] {
  const known = (value: number | null, text: (value: number) => string): string =>
    value === null ? 'not known' : text(value);
  return [
    ['Answers of the model, of which replayed', `${usage.runs}, ${usage.replayed}`],
    ['Tokens read', known(usage.inputTokens, whole)],
    ['Tokens written', known(usage.outputTokens, whole)],
    ['Cost', known(usage.cost, dollars)],
    ['Time to the first token: half of the answers', known(usage.firstTokenP50Ms, duration)],
    ['Time a token', known(usage.msPerToken, duration)],
    ['Tokens written a second', known(usage.tokensPerSecond, amount)],
  ];
}

/** Cases to look at, and behind a click those that went well. */
export function caseList(
  toLookAt: readonly Markup[],
  fine: { readonly title: string; readonly cases: readonly Markup[] },
): Markup {
  return markup`${toLookAt.length > 0 ? markup`<div class="cases">${toLookAt}</div>` : null}
    ${
      fine.cases.length === 0
        ? null
        : markup`<details class="fold">
            <summary>${fine.title}: ${fine.cases.length}</summary>
            <div class="cases">${fine.cases}</div>
          </details>`
    }`;
}
