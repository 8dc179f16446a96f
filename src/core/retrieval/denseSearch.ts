import type { DenseWeighting, Embedder, VectorHit, VectorReader } from '../ports/vectors.ts';
import type { LsaEmbedder } from '../lsa/lsaEmbedder.ts';
import type { TermLikeness } from '../lsa/termLikeness.ts';

/** The leg of search that finds chunks by what they are about. */
export interface DenseSearch {
  /** The chunks nearest to the text, best first; none while there are no vectors. Rejects when `signal` aborts. */
  nearest(text: string, count: number, signal: AbortSignal): Promise<readonly VectorHit[]>;
  /** How much its hits are trusted and how long they are waited for; as for the built-in vectors when absent. */
  readonly weighting?: DenseWeighting | undefined;
  /** How like the text single terms are; `undefined` where only whole texts are understood. */
  likenessTo?(text: string): TermLikeness | undefined;
}

/** Asks vectors of one embedder; one that knows single terms lends that knowledge to the search. */
export function denseSearch(
  embedder: Embedder & Partial<Pick<LsaEmbedder, 'likenessTo'>> & Pick<DenseSearch, 'weighting'>,
  vectors: Pick<VectorReader, 'query'>,
): DenseSearch {
  const { likenessTo, weighting } = embedder;
  return {
    weighting,
    ...(likenessTo && { likenessTo: (text: string) => likenessTo.call(embedder, text) }),
    async nearest(text, count, signal) {
      const [vector] = await embedder.embed([text], signal);
      if (vector === undefined || !vector.some((value) => value !== 0)) return [];
      return vectors.query(vector, count);
    },
  };
}

/** For a search by words alone. */
export const NO_DENSE_SEARCH: DenseSearch = { nearest: () => Promise.resolve([]) };
