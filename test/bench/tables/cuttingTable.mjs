// @ts-check
import { MACHINE_NOTE, markdownTable, percent } from './markdownTable.mjs';

/** @import { Measured } from '../measure.mjs' */

/** A few files say nothing of a language. */
const MIN_MEGABYTES = 0.1;

/** MB/s. */
const OWED = 8;
const HEAD = [
  '',
  'MB',
  'MB/s',
  'parsing alone',
  'indentation',
  'line windows',
  'whole, %',
  'indentation',
  'line windows',
  `≥ ${OWED} MB/s`,
  'machine',
];

/** @param {readonly Measured[]} results */
export function cuttingTable(results) {
  const rows = results.flatMap(({ on, result, isUnderLoad }) =>
    Object.entries(result.languages)
      .filter(([, { megabytes }]) => megabytes >= MIN_MEGABYTES)
      .map(([language, { megabytes, ours, baselines, parseMegabytesPerSecond }]) => [
        `${on}, ${language}`,
        megabytes.toFixed(1),
        ours.megabytesPerSecond.toFixed(1),
        parseMegabytesPerSecond.toFixed(1),
        baselines.indentation.megabytesPerSecond.toFixed(1),
        baselines.lineWindows.megabytesPerSecond.toFixed(1),
        ...[ours, baselines.indentation, baselines.lineWindows].map(({ keptWhole }) => percent(keptWhole)),
        ours.megabytesPerSecond >= OWED ? 'yes' : 'no',
        isUnderLoad ? 'busy' : 'idle',
      ]),
  );
  if (rows.length === 0) return '';
  return `## Cutting files into chunks

MB in a second of one thread's processor time; and of the functions, classes and the like that would fit into one chunk,
the percentage that is in one. Parsing alone is tree-sitter building the syntax tree of every file and nothing else, as
cutting by syntax would need at least. Owed are ${OWED} MB/s. ${MACHINE_NOTE}

${markdownTable(HEAD, rows)}`;
}
