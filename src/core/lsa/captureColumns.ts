import { createRandom } from '../shared/random.ts';
import { orthonormal } from './orthonormal.ts';
import { times, transposed, type SparseRows } from './sparseRows.ts';
import type { Work } from './work.ts';
import { largeFloat64Array } from '../memory/largeArrays.ts';

/** What a random number costs beside a multiplication. */
const PER_RANDOM = 10;

/**
 * A matrix C of `columnCount` rows and `width` columns such that the inner products of C's rows are nearly those of
 * the columns of `rows`: C = AᵀQ, where Q is an orthonormal projection of what A does to random directions (Halko,
 * Martinsson and Tropp, "Finding Structure with Randomness", 2011, algorithm 4.3 with one step of power iteration).
 */
export async function captureColumns(
  rows: SparseRows,
  width: number,
  seed: number,
  work: Work,
): Promise<Float64Array> {
  const columns = await transposed(rows, work);
  const directions = await randomSigns(rows.columnCount, width, seed, work);
  const first = await times(rows, directions, width, work);
  const back = await times(columns, first, width, work);
  const range = await times(rows, back, width, work);
  return times(columns, await orthonormal(range, width, work), width, work);
}

async function randomSigns(rowCount: number, width: number, seed: number, work: Work): Promise<Float64Array> {
  const random = createRandom(seed);
  const signs = largeFloat64Array(rowCount * width);
  for (let row = 0; row < signs.length; row += width) {
    for (let at = row; at < row + width; at++) signs[at] = random() < 0.5 ? -1 : 1;
    await work.done(width * PER_RANDOM);
  }
  return signs;
}
