import type { GroupScores } from '../summary.ts';
import { markup, type Markup } from './markup.ts';
import { scoreText } from './numbers.ts';

const ROW = 30;
const BAR = 14;
const NAMES = 210;
const PLOT = 400;
const VALUES = 110;
const AXIS = 22;
const TICKS = [0, 0.25, 0.5, 0.75, 1];
const LONGEST_NAME = 30;

/** Bars of one metric, a row a group, each with a line for its 95 % interval. Scales to the width there is. */
export function barChart(groups: readonly GroupScores[], metric: string): Markup {
  const height = groups.length * ROW + AXIS;
  const width = NAMES + PLOT + VALUES;
  const label = groups[0]?.scores.find((score) => score.metric === metric)?.label ?? metric;
  return markup`<figure>
    <figcaption>${label}</figcaption>
    <svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}: ${describe(groups, metric)}">
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
  const x = NAMES + tick * PLOT;
  return markup`<line class="grid" x1="${x}" y1="0" x2="${x}" y2="${bottom}" />
    <text class="tick" x="${x}" y="${bottom + 16}" text-anchor="middle">${tick * 100} %</text>`;
}

function bar({ name, n, scores }: GroupScores, metric: string, row: number): Markup {
  const score = scores.find((each) => each.metric === metric);
  const middle = row * ROW + ROW / 2;
  const shown = name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name;
  return markup`<text x="${NAMES - 10}" y="${middle + 4}" text-anchor="end">${shown}</text>
    <rect class="track" x="${NAMES}" y="${middle - BAR / 2}" width="${PLOT}" height="${BAR}" rx="3" />
    <rect
      class="bar"
      x="${NAMES}"
      y="${middle - BAR / 2}"
      width="${round((score?.value ?? 0) * PLOT)}"
      height="${BAR}"
      rx="3"
    />
    ${score?.interval ? whisker(score.interval, middle) : null}
    <text x="${NAMES + PLOT + 10}" y="${middle + 4}">
      ${score ? scoreText(score) : '–'} <tspan class="count">of ${score?.n ?? n}</tspan>
    </text>`;
}

function whisker([low, high]: readonly [number, number], y: number): Markup {
  const from = round(NAMES + low * PLOT);
  const to = round(NAMES + high * PLOT);
  const line = `M${from} ${y}H${to}M${from} ${y - 4}V${y + 4}M${to} ${y - 4}V${y + 4}`;
  // Some themes have bars as bright as text.
  return markup`<path class="halo" d="${line}" /><path class="whisker" d="${line}" />`;
}

function round(length: number): number {
  return Math.round(length * 10) / 10;
}
