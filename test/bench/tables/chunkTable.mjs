// @ts-check
import { markdownTable, score } from './markdownTable.mjs';

/** @import { Measured } from '../measure.mjs' */

const NAMES = {
  'sub-token-bm25': 'sub-token BM25',
  'whole-word-bm25': 'whole-word BM25',
  fts5: 'SQLite FTS5',
};

/** @param {readonly Measured[]} results */
export function chunkTable(results) {
  return results
    .map(({ on, result }) => {
      const rows = [
        ['Touchstone as it ships †', result.ours],
        ...(result.crossValidation
          ? [['Touchstone, tuned on four fifths, asked the fifth (mean of five)', result.crossValidation]]
          : []),
        ...Object.entries(NAMES).map(([id, name]) => [name, result.baselines[id]]),
      ].map(([name, { recall }]) => [name, score(recall['@5']), score(recall['@10']), score(recall['@20'])]);
      return `## Search: chunks somebody else cut

${on}: ${result.n} questions over ${result.chunks} chunks of 90 files in five languages, all systems rank the same chunks and see no
paths. Mean share of a question's right chunks among the first k.

${markdownTable(['', 'recall@5', 'recall@10', 'recall@20'], rows)}

Touchstone beside sub-token BM25 at 10: ${result.versus['sub-token-bm25'].verdict}.`;
    })
    .join('\n\n');
}
