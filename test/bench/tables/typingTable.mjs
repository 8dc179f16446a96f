// @ts-check
import { SEEN } from './completionTables.mjs';
import { markdownTable, marked, mean, percent } from './markdownTable.mjs';

/** @import { Measured } from '../measure.mjs' */

const KINDS = ['inside', 'appended', 'function'];

/** @param {readonly Measured[]} results */
export function typingTable(results) {
  if (results.length === 0) return '';
  const rows = results.map(({ on, result }) => [marked(on, SEEN), ...cellsOf(result)]);
  /** @param {(result: any, kind: string) => number} get @param {string} kind */
  const over = (get, kind) =>
    percent(mean(results.filter(({ result }) => result.ours[kind]).map(({ result }) => get(result, kind))));
  const means = KINDS.flatMap((kind) => [
    over((result, each) => result.ours[each].saved, kind),
    over((result, each) => result.ours[each].wrong, kind),
    over((result, each) => result.baselines['longest-match'][each].saved, kind),
  ]);
  return `## Completion: typing new code

Code is taken out of a folder and typed again, key by key, by somebody who takes each suggestion of at least three characters as
soon as it is exactly what comes next: a line inside its file, a line at the end of the file so far, a whole function. The gate
was fitted on other code; † marks code on which the weights of the votes were fitted once. In percent:

- saved: keys that one need not press, where taking a suggestion is a key
- wrong: of what is shown at any place of the text, what is not exactly what comes next
- longest match: keys saved by the place in all code with the longest run of equal tokens before the cursor, shown when a gate that was
  fitted on the other files of the same code finds it more probable than not

${markdownTable(
  ['', ...KINDS.flatMap((kind) => [`${kind}: saved`, 'wrong', 'longest match'])],
  [...rows, ['mean of the rows', ...means]],
)}`;
}

/** @param {any} result */
function cellsOf({ ours, baselines }) {
  return KINDS.flatMap((kind) =>
    ours[kind]
      ? [
          percent(ours[kind].saved),
          percent(ours[kind].wrong),
          percent(baselines['longest-match'][kind].saved),
        ]
      : ['', '', ''],
  );
}
