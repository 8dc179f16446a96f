import type { GroupScores } from '../summary.ts';
import { markup, type Markup } from './markup.ts';
import { scoreText } from './numbers.ts';
import { drawnLength } from './drawnLength.ts';

const ROW = 40;
const BAR = 12;
const WIDTH = 380;
const EDGE = 10;
const PLOT = WIDTH - 2 * EDGE;
const AXIS = 22;
const TICKS = [0, 0.25, 0.5, 0.75, 1];
const LONGEST_NAME = 40;

/** Bars of one metric, a row a group, each with a line for its 95 % interval. Scales to the width there is. */
export function barChart(title: string, groups: readonly GroupScores[], metric: string): Markup {
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
