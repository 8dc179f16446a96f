import type { Embedder, VectorHit, VectorReader } from '../ports.ts';

/** The leg of search that finds chunks by what they are about. */
export interface DenseSearch {
  /** The chunks nearest to the text, best first; none while there are no vectors. Rejects when `signal` aborts. */
  nearest(text: string, count: number, signal: AbortSignal): Promise<readonly VectorHit[]>;
}

/** Asks vectors of one embedder. */
export function denseSearch(embedder: Embedder, vectors: Pick<VectorReader, 'query'>): DenseSearch {
  return {
    async nearest(text, count, signal) {
      const [vector] = await embedder.embed([text], signal);
      if (vector === undefined || !vector.some((value) => value !== 0)) return [];
      return vectors.query(vector, count);
    },
  };
}

/** For a search by words alone. */
export const NO_DENSE_SEARCH: DenseSearch = { nearest: () => Promise.resolve([]) };
