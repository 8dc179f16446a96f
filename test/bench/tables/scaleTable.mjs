// @ts-check
import { MACHINE_NOTE, markdownTable, milliseconds } from './markdownTable.mjs';

/** @import { Measured } from '../measure.mjs' */

/**
 * One row: what is measured, and what is owed of it at one of the sizes.
 *
 * @typedef {object} Row
 * @property {string} name
 * @property {(size: any, of: (asked: number | 'all') => any) => number | undefined} value
 * @property {(value: number) => string} [text] milliseconds unless given
 * @property {{ readonly at: number | 'all', readonly most: number, readonly words: string }} [target]
 */

const LARGE = 100_000;
const HALF = 50_000;
const BOTH = ['idle', 'indexing'];
const SIZES = [1000, 10_000, HALF, LARGE, 300_000, 'all'];
const whole = (/** @type {number} */ value) => value.toFixed(0);
const tenths = (/** @type {number} */ value) => value.toFixed(1);

/** @type {readonly Row[]} */
const ROWS = [
  { name: 'files', value: ({ files }) => files, text: whole },
  { name: 'chunks', value: ({ chunks }) => chunks, text: whole },
  { name: 'MB', value: ({ megabytes }) => megabytes, text: tenths },
  { name: 'different names', value: ({ names }) => names, text: whole },
  {
    name: 'first index: words find everything',
    value: ({ firstIndex }) => firstIndex.wordsMs,
    target: { at: 'all', most: 10_000, words: '10 s' },
  },
  {
    name: 'first index: complete with vectors',
    value: ({ firstIndex }) => firstIndex.elapsedMs,
    target: { at: 'all', most: 20_000, words: '20 s' },
  },
  { name: 'MB/s', value: ({ firstIndex }) => firstIndex.megabytesPerSecond, text: tenths },
  { name: 'FTS5: first index, words only', value: ({ load }) => load.baselines.fts5.firstIndexMs },
  {
    name: 'peak RSS while training, MB',
    value: ({ firstIndex }) => firstIndex.peakRssMegabytes,
    text: whole,
    target: { at: 'all', most: 900, words: '900' },
  },
  {
    name: 'RSS after, MB',
    value: ({ firstIndex }) => firstIndex.rssAfterMegabytes,
    text: whole,
    target: { at: 'all', most: 300, words: '300' },
  },
  { name: 'on disk, MB', value: ({ firstIndex }) => firstIndex.diskMegabytes, text: tenths },
  { name: 'FTS5: on disk, MB', value: ({ load }) => load.baselines.fts5.diskMegabytes, text: tenths },
  {
    name: 'start to first answer',
    value: ({ start }) => start.answeredMs,
    target: { at: LARGE, most: 600, words: '0.6 s' },
  },
  { name: 'start before there is a memory image', value: ({ image }) => image?.builtMs },
  { name: 'memory image on disk, MB', value: ({ image }) => image?.megabytes, text: tenths },
  {
    name: 'saved file to search',
    value: ({ save }) => save.medianMs,
    target: { at: LARGE, most: 250, words: '250 ms' },
  },
  {
    name: 'saved file, over that at 10 k',
    value: ({ asked, save }, of) => (asked === LARGE ? save.medianMs / of(10_000)?.save.medianMs : undefined),
    text: (value) => `${value.toFixed(2)}×`,
    target: { at: LARGE, most: 1.5, words: '1.5×' },
  },
  ...latencyRows(
    'lexical',
    'lexical leg',
    ['p50Ms', 'p95Ms'],
    { p50Ms: 1 },
    { at: HALF, owedWhen: ['idle'] },
  ),
  { name: 'FTS5, p50', value: ({ load }) => load.baselines.fts5.search.p50Ms },
  { name: 'FTS5, p95', value: ({ load }) => load.baselines.fts5.search.p95Ms },
  ...latencyRows('dense', 'dense leg', ['p50Ms', 'p95Ms'], { p50Ms: 3 }),
  ...latencyRows('search', 'whole search', ['p50Ms', 'p95Ms'], { p50Ms: 15, p95Ms: 40 }),
  ...latencyRows('complete', 'completion', ['p50Ms', 'p99Ms'], { p50Ms: 3, p99Ms: 16 }),
];

/**
 * Idle and while indexing, each quantile; what is owed is owed in both unless said.
 *
 * @param {string} way
 * @param {string} name
 * @param {readonly string[]} quantiles
 * @param {Readonly<Record<string, number>>} [owed] quantile → at most so many ms
 * @param {{ readonly at?: number, readonly owedWhen?: readonly string[] }} [where] chunks of the workspace it is owed in
 * @returns {readonly Row[]}
 */
function latencyRows(way, name, quantiles, owed = {}, { at = LARGE, owedWhen = BOTH } = {}) {
  return BOTH.flatMap((when) =>
    quantiles.map((quantile) => {
      const most = owed[quantile];
      return {
        name: `${name}, ${quantile.replace('Ms', '')}${when === 'idle' ? '' : ' while indexing'}`,
        value: ({ load }) => load[when][way][quantile],
        ...(most !== undefined && owedWhen.includes(when) && { target: { at, most, words: `${most} ms` } }),
      };
    }),
  );
}

/** @param {readonly Measured[]} results one for each size */
export function scaleTable(results) {
  const sizes = results.flatMap(({ result }) => result.sizes);
  const known = SIZES.flatMap((asked) => sizes.filter((size) => size.asked === asked));
  if (known.length === 0) return '';
  const of = (/** @type {number | 'all'} */ asked) => known.find((size) => size.asked === asked);
  const rows = ROWS.map(({ name, value, text = milliseconds, target }) => {
    const cell = (/** @type {number | undefined} */ number) =>
      number === undefined || Number.isNaN(number) ? '–' : text(number);
    const owed = target && of(target.at) && value(of(target.at), of);
    return [
      name,
      ...known.map((size) => cell(value(size, of))),
      target ? `≤ ${target.words}, ${nameOf(target.at)}` : '',
      target ? verdict(owed, target.most) : '',
    ];
  });
  return `## Small and large workspaces

${INTRODUCTION} ${busyNote(results)}

${markdownTable(['milliseconds unless said', ...known.map(({ asked }) => nameOf(asked)), 'target', 'met'], rows)}`;
}

const INTRODUCTION = `Workspaces are made of the files of all the code above, in an order that mixes them; where that is too little, of
copies in which the words of names are replaced, so that copies bring new names and one new word for every eight. *All* is
every file once, as it is. First index, start, saves and queries are measured in processes of their own. A start counts
from the process's start, program included, until the first answer by words and vectors; of five the median. It begins
with the memory image that VS Code's query worker saves in a quiet moment. A save counts from the changed file on disk until a
search finds the word that is new in it; of fifteen the median. *While indexing*: another process indexes the same folder
from nothing into a second store, and the thread that answers follows it. FTS5 is on disk and has windows of 40 lines.`;

/** @param {number | 'all'} asked */
function nameOf(asked) {
  return asked === 'all' ? 'all' : `${asked / 1000} k`;
}

/** @param {number | undefined} value @param {number} most */
function verdict(value, most) {
  if (value === undefined || Number.isNaN(value)) return 'not measured';
  return value <= most ? 'yes' : `no, ${(value / most).toFixed(2)}×`;
}

/** @param {readonly Measured[]} results */
function busyNote(results) {
  const busy = results.filter(({ isUnderLoad }) => isUnderLoad).map(({ on }) => on);
  return busy.length === 0 ? '' : `Measured on a busy machine: ${busy.join(', ')}. ${MACHINE_NOTE}`;
}
