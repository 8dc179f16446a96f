// @ts-check
import { MACHINE_NOTE, markdownTable, milliseconds, times } from './markdownTable.mjs';

/** @import { Measured } from '../measure.mjs' */

/** @param {readonly Measured[]} results */
export function searchTable(results) {
  if (results.length === 0) return '';
  const rows = results.map(({ on, result, isUnderLoad }) => {
    const { ours, baselines } = result;
    const latencies = [ours.lexical, ours.dense, ours.search, baselines.fts5];
    return [
      on,
      `${result.chunks}`,
      ...latencies.map(({ p50Ms, p95Ms }) => `${milliseconds(p50Ms)} / ${milliseconds(p95Ms)}`),
      times(baselines.fts5.p50Ms, ours.lexical.p50Ms),
      isUnderLoad ? 'busy' : 'idle',
    ];
  });
  return `## Time for one search, in milliseconds

p50 / p95 of questions made from the code itself, ten hits. FTS5 has its windows of 40 lines in memory. The last column but
one is FTS5's median over that of the lexical leg. ${MACHINE_NOTE}

${markdownTable(['', 'chunks', 'lexical leg', 'dense leg', 'whole search', 'FTS5', 'FTS5 / lexical', 'machine'], rows)}`;
}

/** @param {readonly Measured[]} results */
export function indexTable(results) {
  if (results.length === 0) return '';
  const rows = results.map(({ on, result, isUnderLoad }) => [
    on,
    `${result.files}`,
    result.megabytes.toFixed(1),
    milliseconds(result.ours.firstIndexMs),
    result.ours.filesPerSecond.toFixed(0),
    result.ours.megabytesPerSecond.toFixed(1),
    result.ours.peakRssMegabytes.toFixed(0),
    times(result.ours.firstIndexMs, result.baselines.fts5.firstIndexMs),
    milliseconds(result.ours.updateMs),
    times(result.ours.updateMs, result.baselines.fts5.updateMs),
    isUnderLoad ? 'busy' : 'idle',
  ]);
  return `## Indexing

From nothing to a committed index with words, vectors and completion tokens, median of three; and from a changed file on
disk until a search sees it, median of fifteen. FTS5 stores words only, on disk, one transaction; it makes no vectors, no
tokens for completion and no checks of what else changed, and its commits do not wait for the disk. ${MACHINE_NOTE}

${markdownTable(
  [
    '',
    'files',
    'MB',
    'first index, ms',
    'files/s',
    'MB/s',
    'peak RSS, MB',
    'beside FTS5',
    'one file, ms',
    'beside FTS5',
    'machine',
  ],
  rows,
)}`;
}
