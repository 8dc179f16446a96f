import type { IndexSnapshot } from '../../core/ports/indexStore.ts';
import type { MethodEmbedder } from '../../core/indexing/vectors/embeddingMethod.ts';
import type { OpenEmbedder } from '../../core/indexing/vectors/openEmbedder.ts';
import {
  NO_VECTORS,
  type DenseWeighting,
  type VectorHit,
  type VectorReader,
  type VectorStore,
} from '../../core/ports/vectors.ts';
import type { TermLikeness } from '../../core/lsa/termLikeness.ts';
import { denseSearch, NO_DENSE_SEARCH, type DenseSearch } from '../../core/retrieval/search.ts';

export interface DenseReaderParts {
  readonly embedders: OpenEmbedder;
  readonly vectors: Pick<VectorStore, 'reader'>;
}

interface Serving {
  readonly embedder: MethodEmbedder;
  readonly vectors: VectorReader;
  readonly search: DenseSearch;
}

/**
 * Follows the set of vectors that serves: embedder and vectors change together, so queries and vectors of different
 * projections never meet. Chunks of files whose vectors are pending are not found.
 */
export class DenseReader implements DenseSearch {
  readonly #parts: DenseReaderParts;
  #serving: Serving | undefined;
  #pending: ReadonlySet<string> = new Set();

  constructor(parts: DenseReaderParts) {
    this.#parts = parts;
  }

  async nearest(text: string, count: number, signal: AbortSignal): Promise<readonly VectorHit[]> {
    const search = this.#serving?.search ?? NO_DENSE_SEARCH;
    const hits = await search.nearest(text, count, signal);
    return this.#pending.size === 0 ? hits : hits.filter(({ path }) => !this.#pending.has(path));
  }

  get weighting(): DenseWeighting | undefined {
    return this.#serving?.search.weighting;
  }

  likenessTo(text: string): TermLikeness | undefined {
    return this.#serving?.search.likenessTo?.(text);
  }

  /** Rejects with a `StoreCorruptError` for damaged vectors; those in memory go on serving. */
  async catchUp({ vectors: { serving: set } }: Pick<IndexSnapshot, 'vectors'>): Promise<void> {
    const embedder = set && (await this.#parts.embedders.of(set));
    const next = embedder && this.#servingOf(embedder);
    await next?.vectors.refresh(set?.version ?? NO_VECTORS);
    const previous = this.#serving;
    this.#pending = set?.pending ?? new Set();
    this.#serving = next;
    if (previous && previous !== next) await previous.vectors.close();
  }

  /** Lets go of the files that are open. */
  async close(): Promise<void> {
    await this.catchUp({ vectors: {} });
  }

  #servingOf(embedder: MethodEmbedder): Serving {
    if (this.#serving?.embedder.id === embedder.id) return this.#serving;
    const vectors = this.#parts.vectors.reader(embedder);
    return { embedder, vectors, search: denseSearch(embedder, vectors) };
  }
}
