import { addRows } from './addRows.ts';
import type { Work } from './work.ts';
import { largeFloat64Array } from '../memory/largeArrays.ts';

/** Rows whose share of a Gram matrix is added up at a time. */
const BLOCK = 64;

/** The inner products of all pairs of columns of a dense matrix of `width` columns, as a square matrix. */
export async function gramOf(dense: Float64Array, width: number, work: Work): Promise<Float64Array> {
  const gram = new Float64Array(width * width);
  const columns = new Uint32Array(BLOCK);
  const values = new Float64Array(BLOCK);
  const rowCount = dense.length / width;
  for (let first = 0; first < rowCount; first += BLOCK) {
    const count = Math.min(BLOCK, rowCount - first);
    for (let at = 0; at < count; at++) columns[at] = first + at;
    for (let column = 0; column < width; column++) {
      for (let at = 0; at < count; at++) values[at] = dense[(first + at) * width + column] ?? 0;
      addRows(gram, column * width, { values: dense, width }, { columns, values, start: 0, end: count });
    }
    await work.done(count * width * width);
  }
  return gram;
}

/** The product of a dense matrix of `width` columns with a square one. */
export async function timesSquare(
  dense: Float64Array,
  square: Float64Array,
  width: number,
  work: Work,
): Promise<Float64Array> {
  const product = largeFloat64Array(dense.length);
  const columns = Uint32Array.from({ length: width }, (_, row) => row);
  for (let row = 0; row < dense.length; row += width) {
    const values = dense.subarray(row, row + width);
    addRows(product, row, { values: square, width }, { columns, values, start: 0, end: width });
    await work.done(width * width);
  }
  return product;
}
