import type { RatedGuess } from '../metrics/precisionCurve.ts';
import { precisionAtShowRate } from '../metrics/precisionAtShowRate.ts';
import { markup, type Markup } from './markup.ts';
import { percent } from './numbers.ts';
import { across, plot, up } from './plot.ts';

/** Of fewer guesses than this a share right says nothing. */
const LEAST = 5;
const POINTS = 60;

/** Where the threshold is that is used today. */
export interface OperatingPoint {
  readonly shown: number;
  readonly precision: number;
}

/** The share right against the share of all places at which something is shown, were only the surest guesses shown. */
export function precisionChart(
  guesses: readonly RatedGuess[],
  places: number,
  today: OperatingPoint | null,
): Markup {
  const points = curve(guesses, places);
  const line = points.map(
    ({ shown, precision }, at) => `${at === 0 ? 'M' : 'L'}${across(shown)} ${up(precision)}`,
  );
  const words = {
    title: 'What if it showed more, or less?',
    spoken: today
      ? `today ${percent(today.precision)} right at ${percent(today.shown)} shown`
      : 'nothing is shown today',
    across: 'places with a suggestion, %',
    up: 'suggestions that are right, %',
    note: 'The surest guesses come first. The ring is where the threshold is today.',
  };
  const ring = today
    ? markup`<circle class="ring" cx="${across(today.shown)}" cy="${up(today.precision)}" r="7" />`
    : null;
  return plot(words, markup`<path class="curve" d="${line.join('')}" />${ring}`);
}

function curve(guesses: readonly RatedGuess[], places: number): readonly OperatingPoint[] {
  const step = Math.max(1, Math.floor(guesses.length / POINTS));
  const points: OperatingPoint[] = [];
  for (let count = LEAST; count <= guesses.length; count += step) {
    const precision = precisionAtShowRate(guesses, places, count / places);
    if (precision !== undefined) points.push({ shown: count / places, precision });
  }
  return points;
}
