import type { VectorHit, VectorItem, VectorReader } from '../core/ports/vectors.ts';
import { TopHits } from '../core/retrieval/topHits.ts';

/** Exact nearest neighbours over unit vectors in memory: what the stored shards answer, without a store. */
export class MemoryVectors implements Pick<VectorReader, 'query'> {
  readonly #items: readonly VectorItem[];
  readonly #dims: number;
  /** All vectors, one after the other. */
  readonly #matrix: Float32Array;

  /** The items must be in the order in which equal scores are to come: by path, then ordinal. */
  constructor(items: readonly VectorItem[], dims: number) {
    this.#items = items;
    this.#dims = dims;
    this.#matrix = new Float32Array(items.length * dims);
    for (const [row, { vector }] of items.entries()) this.#matrix.set(vector, row * dims);
  }

  query(vector: Float32Array, count: number): Promise<readonly VectorHit[]> {
    const best = new TopHits(count);
    for (let row = 0; row < this.#items.length; row++) best.offer(row, this.#similarity(row, vector));
    const hits = best.entries().map(({ id, score }) => {
      const { path = '', ordinal = 0 } = this.#items[id] ?? {};
      return { path, ordinal, score };
    });
    return Promise.resolve(hits);
  }

  #similarity(row: number, vector: Float32Array): number {
    const start = row * this.#dims;
    let sum = 0;
    for (let at = 0; at < this.#dims; at++) sum += (this.#matrix[start + at] ?? 0) * (vector[at] ?? 0);
    return sum;
  }
}
