// @ts-check
import { CHUNKERS } from '../chunkers/chunkers.mjs';
import { MACHINE_NOTE, markdownTable, percent } from './markdownTable.mjs';

/** @import { Measured } from '../measure.mjs' */

const NAMES = new Map([
  ['touchstone', 'Touchstone'],
  ...CHUNKERS.map(({ id, name }) => /** @type {const} */ ([id, name])),
]);
const COLUMNS = ['MB/s', 'whole, %', 'in no chunk, %'];
const HEAD = [
  '',
  'MB',
  ...COLUMNS.flatMap((column) => [...NAMES.values()].map((name) => `${column}: ${name}`)),
  'machine',
];

/** @param {readonly Measured[]} results */
export function chunkersTable(results) {
  const rows = results.flatMap(({ on, result, isUnderLoad }) =>
    Object.entries(result.languages).map(([language, { megabytes, cuts }]) => {
      /** @param {(cut: any) => string} get */
      const each = (get) => [...NAMES.keys()].map((id) => (cuts[id] ? get(cuts[id]) : '–'));
      return [
        `${on}, ${language}`,
        megabytes.toFixed(1),
        ...each(({ megabytesPerSecond }) => megabytesPerSecond.toFixed(megabytesPerSecond < 10 ? 2 : 1)),
        ...each(({ keptWhole }) => percent(keptWhole)),
        ...each(({ linesMissing }) => percent(linesMissing)),
        isUnderLoad ? 'busy' : 'idle',
      ];
    }),
  );
  if (rows.length === 0) return '';
  return `## Chunkers of other products

The chunkers of ${sources()}, unchanged but for what they import beside parsers and tokenizers (telemetry, translations, the editor), which does
nothing. All three cut the same files, up to half a megabyte of a language, taken from all over each package, in one process.
MB in a second of one thread's processor time, loading of grammars left out. _Whole_: of the functions, classes and the like of up to
1,000 characters, which fit one chunk of each, the percentage that is in one with all of its text. _In no chunk_: of the lines that are not
blank, the percentage whose text is in none. Chunks are up to 2,000 characters and 60 lines in Touchstone, 1,150 characters in Roo
Code, and 500 tokens in Continue. – are languages and endings of file names that a chunker does not know. ${MACHINE_NOTE}

${markdownTable(HEAD, rows)}`;
}

function sources() {
  return CHUNKERS.map(({ name, source: { npm, github, commit } }) =>
    npm === undefined ? `${name} (${github}, ${commit?.slice(0, 7)})` : `${name} (${npm})`,
  ).join(' and ');
}
