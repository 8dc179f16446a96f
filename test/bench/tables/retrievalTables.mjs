// @ts-check
import { markdownTable, marked, mean, meanRows, score, times } from './markdownTable.mjs';

/** @import { Measured } from '../measure.mjs' */

/**
 * Search weights were chosen on questions about all packages but those held out, and one of them, for the kind described, on this
 * repository as well; see docs/decisions/2026-11-21-ranking.md, 2026-11-21-kinds-described.md and 2026-11-21-fresh-code.md.
 */
const SEEN = /^(?!@capacitor\/android|php-guzzlehttp-guzzle|python3-sqlalchemy|ruby-sequel)/;

const KINDS = {
  'doc-comment': 'Doc comment → definition',
  test: 'Test → the unit it tests',
  identifier: 'Name → its definition',
  'name-words': 'Words of a name → its definition',
  'name-part': 'Part of a name → its definition',
  'name-typo': 'Misspelt name → its definition',
};

/** Fewer questions than this say nothing about a language of their own. */
const ENOUGH = 25;

/** @param {readonly Measured[]} results */
export function retrievalTables(results) {
  if (results.length === 0) return '';
  const parts = Object.entries(KINDS).map(([kind, title]) => kindTable(kind, title, results));
  return `## Search: a repository's own questions

Questions are made from a repository's own comments, tests and names, and what they are made from is hidden from every
system. The baselines rank windows of 40 lines by their text; Touchstone cuts files itself. Of any hit only the first 60
lines count. Differences are of MRR@10, case by case, with intervals from whole files drawn with replacement.

Weights lie between two fits to halves of the packages with † and of some more. Four packages took no part in choosing anything and
were looked at by nobody: the means without † are theirs. More code of that kind is in [fresh code](decisions/2026-11-21-fresh-code.md).

- sub-token BM25: words and their parts at capitals, underscores and digits; k1 = 1.2, b = 0.75
- whole-word BM25: the same over whole identifiers
- FTS5: SQLite's full-text search with its own tokenizer and ranking

${parts.join('\n\n')}`;
}

/** @param {string} kind @param {string} title @param {readonly Measured[]} results */
function kindTable(kind, title, results) {
  const rows = results.flatMap(({ on, result }) => {
    const { languages, versus } = result.kinds[kind] ?? { languages: {}, versus: {} };
    return Object.entries(languages)
      .filter(([, { n }]) => n >= ENOUGH)
      .map(([language, slice]) => ({ name: marked(on, SEEN), language, slice, versus, on }));
  });
  if (rows.length === 0) return '';
  const cells = rows.map(({ name, language, slice }) => [
    `${name}, ${language}`,
    `${slice.n}`,
    ...scores(slice),
  ]);
  const means = meanRows(
    rows,
    ({ on }) => SEEN.test(on),
    (name, some) => [name, '', ...scores(meanOf(some.map(({ slice }) => slice)))],
  );
  const verdicts = new Map(rows.map(({ name, versus }) => [name, versus['sub-token-bm25'].verdict]));
  return `### ${title}

${markdownTable(
  [
    '',
    'n',
    'MRR@10',
    'sub-token BM25',
    'whole-word BM25',
    'FTS5',
    'over sub-token',
    'recall@10',
    'sub-token BM25',
  ],
  [...cells, ...means],
)}

Beside sub-token BM25:

${[...verdicts].map(([name, verdict]) => `- ${name}: ${verdict}`).join('\n')}`;
}

/** @param {any} slice */
function scores({ ours, baselines }) {
  const plain = baselines['sub-token-bm25'];
  return [
    score(ours.mrr),
    score(plain.mrr),
    score(baselines['whole-word-bm25'].mrr),
    score(baselines.fts5.mrr),
    times(ours.mrr, plain.mrr),
    score(ours.recall['@10']),
    score(plain.recall['@10']),
  ];
}

/** Every row counts the same. @param {readonly any[]} slices */
function meanOf(slices) {
  /** @param {(slice: any) => any} system */
  const of = (system) => ({
    mrr: mean(slices.map((slice) => system(slice).mrr)),
    recall: { '@10': mean(slices.map((slice) => system(slice).recall['@10'])) },
  });
  return {
    ours: of(({ ours }) => ours),
    baselines: Object.fromEntries(
      ['sub-token-bm25', 'whole-word-bm25', 'fts5'].map((id) => [id, of(({ baselines }) => baselines[id])]),
    ),
  };
}
