import { reliabilityTable, type ReliabilityBin } from '../metrics/calibration.ts';
import { wilsonInterval } from '../metrics/wilsonInterval.ts';
import type { RatedGuess } from '../metrics/precisionCurve.ts';
import { markup, type Markup } from './markup.ts';
import { percent } from './numbers.ts';
import { across, plot, up } from './plot.ts';

/** How often guesses were right against how sure the model was of them, a dot a tenth of the guesses. */
export function reliabilityDiagram(guesses: readonly RatedGuess[]): Markup {
  const bins = reliabilityTable(guesses);
  const words = {
    title: 'Does its confidence mean what it says?',
    spoken: bins
      .map(({ confidence, right }) => `${percent(confidence)} sure, ${percent(right)} right`)
      .join('; '),
    across: 'how sure it was, %',
    up: 'how often it was right, %',
    note: 'Each dot is a tenth of the guesses, shown or not. On the diagonal it is right as often as it says; below, it promises too much.',
  };
  const diagonal = markup`<path class="diagonal" d="M${across(0)} ${up(0)}L${across(1)} ${up(1)}" />`;
  return plot(words, markup`${diagonal}${bins.map(dot)}`);
}

function dot({ confidence, right, n }: ReliabilityBin): Markup {
  const [low, high] = wilsonInterval(right * n, n);
  const x = across(confidence);
  return markup`<path class="whisker" d="M${x} ${up(low)}V${up(high)}" />
    <circle class="dot" cx="${x}" cy="${up(right)}" r="4.5" />`;
}
