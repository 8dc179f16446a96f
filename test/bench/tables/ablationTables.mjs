// @ts-check
import { markdownTable, score } from './markdownTable.mjs';

/** @import { Measured } from '../measure.mjs' */

/** Fewer questions than this say nothing about a language of their own. */
const ENOUGH = 25;
const BY_LANGUAGE = 'doc-comment';

/**
 * What is lost without each part of the search.
 *
 * @param {readonly Measured[]} results
 * @param {readonly Measured[]} chunks with `worth` where it was measured
 */
export function ablationTables(results, chunks) {
  const [measured] = results;
  if (!measured) return '';
  const { folders, kinds } = measured.result;
  const asked = chunks.find(({ result }) => result.worth);
  const others = Object.entries(kinds).filter(([kind]) => kind !== BY_LANGUAGE);
  const languages = Object.entries(kinds[BY_LANGUAGE].languages)
    .filter(([, { n }]) => n >= ENOUGH)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `## Search: what each part is worth

MRR@10 of the search as it ships less that of the search without one part, in points of a hundred, with the 95 % interval
from whole files drawn with replacement: what is above 0 is lost without the part. Bold differences hold when corrected for
there being many in a column. Code of ${folders} packages †; weights are not fitted again to what is left.

- legs: places found by words, and by vectors of whole chunks
- second look: the best fifty are compared with the query definition by definition; below it each of its measures alone
- fields: what counts as a chunk's text: its body, names it defines again, a mark for a whole name, its best definition as
  a text of its own, names around it, its path
- share of the file: what a chunk is given of its file's score

### Doc comment → definition, by language

${partsTable(languages.map(([name, slice]) => ({ name, ...slice })).concat({ name: 'all', ...kinds[BY_LANGUAGE].all }))}

### Other questions, all languages

${partsTable(others.map(([, { label, all }]) => ({ name: label, ...all })))}${asked ? questionsTable(asked) : ''}`;
}

/** @param {Measured} measured */
function questionsTable({ on, result }) {
  const column = { name: 'recall@10', n: result.n, mrr: result.ours.recall['@10'], worth: result.worth };
  return `

### Questions in words

${on}, as in the first table of this page, and recall@10 instead of MRR@10. There is no second look at questions, and the
documents have no paths.

${partsTable([column])}`;
}

/** @param {readonly { name: string, n: number, mrr: number, worth: Record<string, any> }[]} columns */
function partsTable(columns) {
  const parts = Object.keys(columns[0]?.worth ?? {});
  return markdownTable(
    ['without', ...columns.map(({ name }) => name)],
    [
      ['questions', ...columns.map(({ n }) => `${n}`)],
      ['all parts', ...columns.map(({ mrr }) => score(mrr))],
      ...parts.map((part) => [part, ...columns.map(({ worth }) => difference(worth[part]))]),
    ],
  );
}

/** @param {any} comparison */
function difference({ difference, interval, outcome }) {
  const text = signed(difference);
  const shown = outcome === 'no visible difference' ? text : `**${text}**`;
  return interval === null ? shown : `${shown} (${signed(interval[0])} … ${signed(interval[1])})`;
}

/** @param {number} share */
function signed(share) {
  const points = (100 * share).toFixed(1);
  if (Number(points) === 0) return '0.0';
  return share < 0 ? points.replace('-', '−') : `+${points}`;
}
