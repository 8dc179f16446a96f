import { NeighbourCounts } from './neighbourCounts.ts';
import type { SparseRows } from './sparseRows.ts';
import { SparseRowsBuilder } from './sparseRowsBuilder.ts';
import { placesByTerm } from './termPlaces.ts';
import type { TrainingTexts } from './trainingTexts.ts';
import type { Work } from './work.ts';

/** Flattens the frequencies of contexts, so that rare ones do not win by chance (Levy, Goldberg and Dagan 2015). */
const SMOOTHING = 0.75;
/** What a logarithm and a count cost, in multiplications. */
const PER_ENTRY = 20;
const PER_PLACE = 60;

/**
 * For each of the first `termCount` terms, how much more often than by chance each other one stands beside it: positive
 * pointwise mutual information (Church and Hanks 1990; Levy and Goldberg 2014), the nearer the more.
 */
export async function neighbourRows(
  texts: TrainingTexts,
  termCount: number,
  work: Work,
): Promise<SparseRows> {
  const counted = await countNeighbours(texts, termCount, work);
  const totals = new Float64Array(termCount);
  for (let term = 0; term < termCount; term++) {
    for (let at = counted.starts[term] ?? 0; at < (counted.starts[term + 1] ?? 0); at++) {
      totals[term] = (totals[term] ?? 0) + (counted.values[at] ?? 0);
    }
  }
  return toInformation(counted, totals, work);
}

async function countNeighbours(texts: TrainingTexts, termCount: number, work: Work): Promise<SparseRows> {
  const { places, starts } = await placesByTerm(texts, termCount, work);
  const rows = new SparseRowsBuilder(termCount, termCount, texts.occurrences.length);
  const counts = new NeighbourCounts(texts, termCount);
  for (let term = 0; term < termCount; term++) {
    for (let at = starts[term] ?? 0; at < (starts[term + 1] ?? 0); at++) {
      counts.addAround(places[at] ?? 0);
      const pause = work.done(PER_PLACE);
      if (pause) await pause;
    }
    counts.drain((other, count) => {
      if (other !== term) rows.add(other, count);
    });
    await work.done(rows.endRow() * PER_ENTRY);
  }
  return rows.build();
}

async function toInformation(counted: SparseRows, totals: Float64Array, work: Work): Promise<SparseRows> {
  const { rowCount, starts, columns, values } = counted;
  const smoothed = totals.map((total) => total ** SMOOTHING);
  const all = smoothed.reduce((sum, value) => sum + value, 0);
  const rows = new SparseRowsBuilder(rowCount, rowCount, columns.length);
  for (let row = 0; row < rowCount; row++) {
    const start = starts[row] ?? 0;
    const end = starts[row + 1] ?? 0;
    for (let at = start; at < end; at++) {
      const column = columns[at] ?? 0;
      const chance = ((totals[row] ?? 0) * (smoothed[column] ?? 0)) / all;
      const information = Math.log((values[at] ?? 0) / chance);
      if (information > 0) rows.add(column, information);
    }
    rows.endRow();
    await work.done((end - start) * PER_ENTRY);
  }
  return rows.build();
}
