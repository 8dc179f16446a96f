// @ts-check
import { MACHINE_NOTE, markdownTable, milliseconds, times } from './markdownTable.mjs';

/** @import { Measured } from '../measure.mjs' */

/** @param {readonly Measured[]} results */
export function vectorTable(results) {
  if (results.length === 0) return '';
  const bySize = [...results].sort((a, b) => a.result.items * a.result.dims - b.result.items * b.result.dims);
  const rows = bySize.map(({ on, result, isUnderLoad }) => {
    const { ours, baselines, floor, ratio } = result;
    const ways = [ours.query, baselines.plainScan, baselines.vectra.query];
    return [
      on,
      ...ways.map(({ fastestMs, p50Ms }) => `${milliseconds(fastestMs)} / ${milliseconds(p50Ms)}`),
      `${times(ratio.fastest.plainScan, 1)} / ${times(ratio.medians.plainScan, 1)}`,
      `${times(ratio.fastest.vectra, 1)} / ${times(ratio.medians.vectra, 1)}`,
      milliseconds(floor.ms),
      result.recallAt20.toFixed(3),
      ours.lookUps.toFixed(0),
      milliseconds(ours.loadMs),
      ours.rssMegabytes.toFixed(0),
      isUnderLoad ? 'busy' : 'idle',
    ];
  });
  return `## Nearest vectors

Unit vectors around 256 centres, made from a seed; the twenty nearest of 200 others, fastest / median in milliseconds (the
fastest is what other programs disturb least), the ways taking turns of twenty. A plain scan is
one \`Float32Array\` and a loop in JavaScript; vectra is its own \`queryItems\`, shard by shard, on the same files. The floor is what
one thread takes to read the rounded rows from memory and do nothing else. Rows read in full are those whose true score was
computed after the scan of rounded ones; recall is against the plain scan. Loading is from files in the system's cache to the
first query. ${MACHINE_NOTE}

${markdownTable(
  [
    'vectors',
    'Touchstone',
    'plain scan',
    'vectra',
    'plain scan / ours',
    'vectra / ours',
    'floor',
    'recall@20',
    'rows read in full',
    'load, ms',
    'RSS, MB',
    'machine',
  ],
  rows,
)}`;
}
