import type { VectorHit, VectorItem, VectorReader } from '../ports.ts';

/** Exact nearest neighbours over unit vectors in memory: what the stored shards answer, without a store. */
export class MemoryVectors implements Pick<VectorReader, 'query'> {
  readonly #items: readonly VectorItem[];

  constructor(items: readonly VectorItem[]) {
    this.#items = items;
  }

  query(vector: Float32Array, count: number): Promise<readonly VectorHit[]> {
    const hits = this.#items.map((item) => ({
      path: item.path,
      ordinal: item.ordinal,
      score: dot(item.vector, vector),
    }));
    hits.sort((a, b) => b.score - a.score || compare(a.path, b.path) || a.ordinal - b.ordinal);
    return Promise.resolve(hits.slice(0, count));
  }
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
