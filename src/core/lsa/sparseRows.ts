import { addRows } from './addRows.ts';
import type { Work } from './work.ts';
import { largeFloat64Array, largeUint32Array } from '../memory/largeArrays.ts';

/** A matrix of mostly zeros, row by row: the entries of row `r` are those from `starts[r]` to `starts[r + 1]`. */
export interface SparseRows {
  readonly rowCount: number;
  readonly columnCount: number;
  readonly starts: Uint32Array;
  readonly columns: Uint32Array;
  readonly values: Float64Array;
}

/** The product with a dense matrix of `width` columns, given and returned row by row. */
export async function times(
  { rowCount, starts, columns, values }: SparseRows,
  dense: Float64Array,
  width: number,
  work: Work,
): Promise<Float64Array> {
  const product = largeFloat64Array(rowCount * width);
  const factor = { values: dense, width };
  for (let row = 0; row < rowCount; row++) {
    const start = starts[row] ?? 0;
    const end = starts[row + 1] ?? 0;
    addRows(product, row * width, factor, { columns, values, start, end });
    await work.done((end - start) * width);
  }
  return product;
}

/** What one entry costs that is moved rather than multiplied. */
const PER_ENTRY = 10;

/** Columns become rows: adding rows up is twice as fast as spreading them. */
export async function transposed(
  { rowCount, columnCount, starts, columns, values }: SparseRows,
  work: Work,
): Promise<SparseRows> {
  const newStarts = new Uint32Array(columnCount + 1);
  for (const column of columns) newStarts[column + 1] = (newStarts[column + 1] ?? 0) + 1;
  for (let column = 0; column < columnCount; column++) {
    newStarts[column + 1] = (newStarts[column + 1] ?? 0) + (newStarts[column] ?? 0);
  }
  const next = newStarts.slice();
  const rows = largeUint32Array(columns.length);
  const newValues = largeFloat64Array(columns.length);
  for (let row = 0; row < rowCount; row++) {
    const start = starts[row] ?? 0;
    const end = starts[row + 1] ?? 0;
    for (let at = start; at < end; at++) {
      const column = columns[at] ?? 0;
      const to = next[column] ?? 0;
      next[column] = to + 1;
      rows[to] = row;
      newValues[to] = values[at] ?? 0;
    }
    await work.done((end - start) * PER_ENTRY);
  }
  return {
    rowCount: columnCount,
    columnCount: rowCount,
    starts: newStarts,
    columns: rows,
    values: newValues,
  };
}
