import { HALF_DIMS } from './lsaProjection.ts';

/** Largest number of a quantised vector. */
const LARGEST = 127;

/** A projection while it is made: what is stored of the term vectors, one byte a number. */
export class QuantizedVectors {
  readonly vectors: Int8Array;
  readonly scales: Float32Array;

  constructor(termCount: number) {
    this.vectors = new Int8Array(termCount * 2 * HALF_DIMS);
    this.scales = new Float32Array(termCount * 2);
  }

  /** Stores half 0 or 1 of a term's vector, found in `dense` from `from` on. */
  set(term: number, half: 0 | 1, dense: Float64Array, from: number): void {
    let largest = 0;
    for (let at = 0; at < HALF_DIMS; at++) largest = Math.max(largest, Math.abs(dense[from + at] ?? 0));
    if (largest === 0) return;
    const target = (term * 2 + half) * HALF_DIMS;
    this.scales[term * 2 + half] = largest / LARGEST;
    for (let at = 0; at < HALF_DIMS; at++) {
      this.vectors[target + at] = Math.round(((dense[from + at] ?? 0) / largest) * LARGEST);
    }
  }
}
