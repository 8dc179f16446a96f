import type { SuiteResult } from '../evaluation.ts';
import {
  precisionAtShowRate,
  type RatedGuess,
  ratedGuesses,
  type ReliabilityBin,
  reliabilityTable,
} from '../metrics/calibration.ts';
import { wilsonInterval } from '../metrics/average.ts';
import type { CompletionOutcome } from '../outcome.ts';
import { caseAnchor, drawnLength, markup, type Markup, type PlaceLink, placeMarkup } from './markup.ts';
import { caseList } from './scoreTables.ts';
import { percent } from './numbers.ts';

type Verdict = 'wrong' | 'withheld' | 'silent' | 'right';

/** In the order in which the cases are listed. */
const VERDICTS: Readonly<
  Record<Verdict, { readonly badge: string; readonly tone: string; readonly text: string }>
> = {
  wrong: { badge: 'wrong', tone: 'bad', text: 'What was shown is not what stood there.' },
  withheld: { badge: 'withheld', tone: 'fair', text: 'The guess was right but not sure enough to be shown.' },
  silent: { badge: 'silent', tone: 'quiet', text: 'Nothing was sure enough to be shown, and rightly so.' },
  right: { badge: 'right', tone: 'good', text: 'Exactly what stood there.' },
};
/** Fewer make no curve. */
const ENOUGH_GUESSES = 20;
const ORDER = Object.keys(VERDICTS) as Verdict[];

/** Every hidden rest of a line with what was suggested, wrong suggestions first. */
export function completionCases(
  { outcomes }: SuiteResult<CompletionOutcome>,
  link: PlaceLink | undefined,
): Markup {
  const byVerdict = Map.groupBy(outcomes, verdictOn);
  const counts = ORDER.map((verdict) => `${byVerdict.get(verdict)?.length ?? 0} ${VERDICTS[verdict].badge}`);
  const cases = (verdicts: readonly Verdict[]): readonly Markup[] =>
    verdicts.flatMap((verdict) => byVerdict.get(verdict) ?? []).map((each) => caseDetails(each, link));
  return markup`<h3>Lines</h3>
    <p class="quiet">${counts.join(', ')}. Wrong ones come first.</p>
    ${caseList(cases(['wrong', 'withheld']), { title: 'Right, or silent and rightly so', cases: cases(['right', 'silent']) })}`;
}

/** How confidence relates to what is right; null for too few guesses. */
export function confidenceCharts({ outcomes, summary }: SuiteResult<CompletionOutcome>): Markup | null {
  const guesses = ratedGuesses(outcomes);
  if (guesses.length < ENOUGH_GUESSES) return null;
  const score = (id: string): number | null =>
    summary.scores.find(({ metric }) => metric === id)?.value ?? null;
  const [shown, precision] = [score('show-rate'), score('precision')];
  const today = shown === null || precision === null ? null : { shown, precision };
  return markup`<h3>Confidence</h3>
    <div class="charts">
      ${reliabilityDiagram(guesses)}${precisionChart(guesses, outcomes.length, today)}
    </div>`;
}

function verdictOn({ shown, isExact, heldBack, expected }: CompletionOutcome): Verdict {
  if (shown !== null) return isExact ? 'right' : 'wrong';
  return heldBack === expected ? 'withheld' : 'silent';
}

function caseDetails(outcome: CompletionOutcome, link: PlaceLink | undefined): Markup {
  const { id, before, expected, shown, heldBack, confidence, path, line, kind, language } = outcome;
  const { badge, tone, text } = VERDICTS[verdictOn(outcome)];
  const start = before.trimStart();
  return markup`<details class="case" id="${caseAnchor('completion', id)}">
    <summary>
      <span class="badge ${tone}">${badge}</span><code class="question">${start}<mark>${expected}</mark></code
      ><span class="kind">${kind.replace('-', ' ')} · ${language}</span>
    </summary>
    <div class="body">
      <p>${text}</p>
      <dl>
        <dt>Line</dt>
        <dd>${placeMarkup({ path, startLine: line, endLine: line }, link)}</dd>
        <dt>Stood there</dt>
        <dd>
          <code>${start}<mark>${expected}</mark></code>
        </dd>
        ${
          shown === null
            ? null
            : markup`<dt>Shown</dt>
                <dd>
                  <code>${start}<mark>${shown}</mark></code>
                </dd>`
        }
        ${
          heldBack === null
            ? null
            : markup`<dt>Best guess</dt>
                <dd>
                  <code>${start}<mark>${heldBack}</mark></code>
                </dd>`
        }
        ${
          confidence === null
            ? null
            : markup`<dt>Confidence</dt>
                <dd>${percent(confidence)}</dd>`
        }
      </dl>
    </div>
  </details>`;
}

/** Of fewer guesses than this a share right says nothing. */
const MIN = 5;
const POINTS = 60;

/** Where the threshold is that is used today. */
interface OperatingPoint {
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
  for (let count = MIN; count <= guesses.length; count += step) {
    const precision = precisionAtShowRate(guesses, places, count / places);
    if (precision !== undefined) points.push({ shown: count / places, precision });
  }
  return points;
}

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

const LEFT = 46;
const TOP = 10;
const RIGHT = 14;
const BOTTOM = 42;
const WIDTH = 380;
const HEIGHT = 290;
const SIDE = WIDTH - LEFT - RIGHT;
const RISE = HEIGHT - TOP - BOTTOM;
const TICKS = [0, 0.25, 0.5, 0.75, 1];

interface PlotWords {
  readonly title: string;
  /** What the drawing shows, in words, for those who cannot see it. */
  readonly spoken: string;
  readonly across: string;
  readonly up: string;
  /** How to read it. */
  readonly note: string;
}

/** Where a share from 0 to 1 is on the way across, and on the way up. */
function across(share: number): number {
  return drawnLength(LEFT + share * SIDE);
}

function up(share: number): number {
  return drawnLength(TOP + (1 - share) * RISE);
}

/** A drawing with shares from 0 to 1 on both axes. Scales to the width there is. */
function plot({ title, spoken, across: below, up: beside, note }: PlotWords, drawn: Markup): Markup {
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
