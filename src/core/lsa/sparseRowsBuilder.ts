import type { SparseRows } from './sparseRows.ts';
import { largeFloat64Array, largeUint32Array } from '../memory/largeArrays.ts';

/** Collects a sparse matrix entry by entry, row after row. */
export class SparseRowsBuilder {
  readonly #starts: Uint32Array;
  readonly #columnCount: number;
  #columns: Uint32Array;
  #values: Float64Array;
  #length = 0;
  #row = 0;

  /** `expected` entries are made room for; more are welcome. */
  constructor(rowCount: number, columnCount: number, expected: number) {
    this.#starts = new Uint32Array(rowCount + 1);
    this.#columnCount = columnCount;
    this.#columns = largeUint32Array(expected);
    this.#values = largeFloat64Array(expected);
  }

  add(column: number, value: number): void {
    if (this.#length === this.#columns.length) this.#grow();
    this.#columns[this.#length] = column;
    this.#values[this.#length++] = value;
  }

  /** Ends the row; returns how many entries it has. */
  endRow(): number {
    this.#starts[++this.#row] = this.#length;
    return this.#length - (this.#starts[this.#row - 1] ?? 0);
  }

  /** Multiplies the entries of the row that is not ended yet. */
  scaleRow(factor: number): void {
    for (let at = this.#starts[this.#row] ?? 0; at < this.#length; at++) {
      this.#values[at] = (this.#values[at] ?? 0) * factor;
    }
  }

  build(): SparseRows {
    return {
      rowCount: this.#row,
      columnCount: this.#columnCount,
      starts: this.#starts,
      columns: this.#columns.subarray(0, this.#length),
      values: this.#values.subarray(0, this.#length),
    };
  }

  #grow(): void {
    const size = Math.max(1024, this.#length * 2);
    const columns = largeUint32Array(size);
    const values = largeFloat64Array(size);
    columns.set(this.#columns);
    values.set(this.#values);
    this.#columns = columns;
    this.#values = values;
  }
}
