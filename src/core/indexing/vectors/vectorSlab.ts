import { largeFloat32Array } from '../../memory/largeArrays.ts';

/**
 * Room for vectors that are wanted together and given up together. As one large piece of memory it goes back to the
 * system when it is given up; tens of thousands of small pieces would stay with the process.
 */
export class VectorSlab {
  readonly #numbers: Float32Array;
  #used = 0;

  constructor(vectors: number, dims: number) {
    this.#numbers = largeFloat32Array(vectors * dims);
  }

  /** A copy of the vector that lives in the slab. Throws a `RangeError` when there is no more room. */
  keep(vector: Float32Array): Float32Array {
    this.#numbers.set(vector, this.#used);
    const kept = this.#numbers.subarray(this.#used, this.#used + vector.length);
    this.#used += vector.length;
    return kept;
  }
}
