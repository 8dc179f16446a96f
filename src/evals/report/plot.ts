import { markup, type Markup } from './markup.ts';
import { drawnLength } from './drawnLength.ts';

const LEFT = 46;
const TOP = 10;
const RIGHT = 14;
const BOTTOM = 42;
const WIDTH = 380;
const HEIGHT = 290;
const SIDE = WIDTH - LEFT - RIGHT;
const RISE = HEIGHT - TOP - BOTTOM;
const TICKS = [0, 0.25, 0.5, 0.75, 1];

export interface PlotWords {
  readonly title: string;
  /** What the drawing shows, in words, for those who cannot see it. */
  readonly spoken: string;
  readonly across: string;
  readonly up: string;
  /** How to read it. */
  readonly note: string;
}

/** Where a share from 0 to 1 is on the way across, and on the way up. */
export function across(share: number): number {
  return drawnLength(LEFT + share * SIDE);
}

export function up(share: number): number {
  return drawnLength(TOP + (1 - share) * RISE);
}

/** A drawing with shares from 0 to 1 on both axes. Scales to the width there is. */
export function plot({ title, spoken, across: below, up: beside, note }: PlotWords, drawn: Markup): Markup {
  return markup`<figure>
    <figcaption>${title}</figcaption>
    <svg class="plot" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}: ${spoken}">
      ${TICKS.map(tickLines)}
      <text class="tick" x="${LEFT + SIDE / 2}" y="${HEIGHT - 4}" text-anchor="middle">${below}</text>
      <text class="tick" transform="rotate(-90)" x="${-(TOP + RISE / 2)}" y="11" text-anchor="middle">${beside}</text>
      ${drawn}
    </svg>
    <p class="quiet note">${note}</p>
  </figure>`;
}

function tickLines(tick: number): Markup {
  const [x, y] = [across(tick), up(tick)];
  return markup`<line class="grid" x1="${LEFT}" y1="${y}" x2="${WIDTH - RIGHT}" y2="${y}" />
    <text class="tick" x="${LEFT - 6}" y="${y + 4}" text-anchor="end">${tick * 100}</text>
    <text class="tick" x="${x}" y="${TOP + RISE + 16}" text-anchor="middle">${tick * 100}</text>`;
}
