// @ts-check
import {
  MACHINE_NOTE,
  markdownTable,
  marked,
  mean,
  meanRows,
  milliseconds,
  percent,
  times,
} from './markdownTable.mjs';

/** @import { Measured } from '../measure.mjs' */

/** The completion model's weights were fitted on lines of these. */
export const SEEN = /^(?:eslint|typeorm|typescript|@angular\/core|webpack|mongoose|vue)\b/;

const BASELINES = ['longest-match', 'same-file', 'nearest-word'];

/**
 * @param {readonly Measured[]} results
 * @param {readonly Measured[]} versions the same, from one version of a package to a later one
 */
export function completionTables(results, versions) {
  if (results.length === 0) return '';
  return `## Completion: the hidden rest of a line

The rest of a line is hidden: from its start (25 %), from between two tokens (50 %) or from inside a word (25 %). Code only, no
tests; the rest of the file stays, and the file's version in the index is not looked at. Right means the whole rest of the
line, character by character. Each simple method has a logistic gate, fitted in five folds on the other files of
the same code, so that all can be compared at one precision; Touchstone's gate is the one that ships.

- longest match: the place in all code with the longest run of equal tokens before the cursor
- same file: the same, in the open file only
- nearest word: the editor's word-based suggestion, the nearest word that begins with the letters typed; it ends before the
  signs that end most lines, so it can be right about the next token but hardly about the line

### Shown with 66 % of it right

Share of all places, in percent: the most a threshold can show while two of three suggestions are exactly right.

${shownTable(results)}

Beside longest match, places with the right line shown:

${results.map(({ on, result }) => `- ${marked(on, SEEN)}: ${result.versus['longest-match'].verdict}`).join('\n')}

${versionPart(versions)}

### First token right, gate or no gate

${tokenTable(results)}

### Time for one completion, in milliseconds

The file is open and one line has changed since the call before. ${MACHINE_NOTE}

${timeTable(results)}`;
}

/** @param {readonly Measured[]} versions */
function versionPart(versions) {
  if (versions.length === 0) return '';
  return `### Lines that a later version added

Every method learns from an older version of a package and completes lines that are new in a later one.

${shownTable(versions)}`;
}

/** @param {readonly Measured[]} results */
function shownTable(results) {
  /** @param {any} result */
  const shares = ({ ours, baselines }) => [
    ours.shownAt66.shown,
    ...BASELINES.map((name) => baselines[name].shownAt66.shown),
  ];
  /** @param {readonly number[]} values */
  const cells = (values) => [...values.map(percent), times(values[0] ?? 0, values[1] ?? 0)];
  const rows = results.map(({ on, result }) => [
    marked(on, SEEN),
    `${result.n}`,
    ...cells(shares(result)),
    percent(result.shipped.shown),
    percent(result.shipped.precision ?? 0),
  ]);
  /** @param {string} name @param {readonly Measured[]} some */
  const meanRow = (name, some) => [
    name,
    '',
    ...cells(['', ...BASELINES].map((_, at) => mean(some.map(({ result }) => shares(result)[at] ?? 0)))),
    percent(mean(some.map(({ result }) => result.shipped.shown))),
    percent(mean(some.map(({ result }) => result.shipped.precision ?? 0))),
  ];
  return markdownTable(
    [
      '',
      'n',
      'Touchstone',
      'longest match',
      'same file',
      'nearest word',
      'over longest match',
      'as it ships: shown',
      'of it right',
    ],
    [...rows, ...meanRows(results, ({ on }) => SEEN.test(on), meanRow)],
  );
}

/** @param {readonly Measured[]} results */
function tokenTable(results) {
  return markdownTable(
    ['', 'Touchstone', 'longest match', 'same file', 'nearest word'],
    results.map(({ on, result }) => [
      marked(on, SEEN),
      ...[result.ours, ...BASELINES.map((name) => result.baselines[name])].map(({ exactFirstToken }) =>
        percent(exactFirstToken),
      ),
    ]),
  );
}

/** @param {readonly Measured[]} results */
function timeTable(results) {
  return markdownTable(
    ['', 'tokens indexed', 'p50', 'p95', 'p99', 'longest match p50', 'p95', 'p99', 'machine'],
    results.map(({ on, result, isUnderLoad }) => [
      on,
      `${(result.tokens / 1e6).toFixed(2)} M`,
      ...[result.ours, result.baselines['longest-match']].flatMap(({ latency }) =>
        [latency.p50Ms, latency.p95Ms, latency.p99Ms].map(milliseconds),
      ),
      isUnderLoad ? 'busy' : 'idle',
    ]),
  );
}
