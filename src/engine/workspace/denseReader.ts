import type { IndexSnapshot } from '../../core/ports/indexRecords.ts';
import type { LearntEmbedder } from '../../core/indexing/vectors/embeddingMethod.ts';
import type { OpenEmbedder } from '../../core/indexing/vectors/openEmbedder.ts';
import type { VectorHit, VectorReader } from '../../core/ports/vectors.ts';
import type { TermLikeness } from '../../core/lsa/termLikeness.ts';
import { denseSearch, NO_DENSE_SEARCH, type DenseSearch } from '../../core/retrieval/denseSearch.ts';
import type { DenseStanding } from '../../core/ports/vectors.ts';

export interface DenseReaderParts {
  readonly embedders: OpenEmbedder;
  /** A reader of the shards of one embedder's vectors. */
  readonly openVectors: (embedder: { readonly id: string; readonly dims: number }) => VectorReader;
}

interface Serving {
  readonly embedder: LearntEmbedder;
  readonly vectors: VectorReader;
  readonly search: DenseSearch;
}

/**
 * Follows the set of vectors that serves: embedder and vectors change together, so queries and vectors of different
 * bases never meet. Chunks of files whose vectors are owed are not found.
 */
export class DenseReader implements DenseSearch {
  readonly #parts: DenseReaderParts;
  #serving: Serving | undefined;
  #owed: ReadonlySet<string> = new Set();

  constructor(parts: DenseReaderParts) {
    this.#parts = parts;
  }

  async nearest(text: string, count: number, signal: AbortSignal): Promise<readonly VectorHit[]> {
    const search = this.#serving?.search ?? NO_DENSE_SEARCH;
    const hits = await search.nearest(text, count, signal);
    return this.#owed.size === 0 ? hits : hits.filter(({ path }) => !this.#owed.has(path));
  }

  get standing(): DenseStanding | undefined {
    return this.#serving?.search.standing;
  }

  likenessTo(text: string): TermLikeness | undefined {
    return this.#serving?.search.likenessTo?.(text);
  }

  /** Rejects with a `StoreCorruptError` for damaged vectors; those in memory go on serving. */
  async follow({ vectors: { serving: set } }: Pick<IndexSnapshot, 'vectors'>): Promise<void> {
    const embedder = set && (await this.#parts.embedders.of(set));
    const next = embedder && this.#servingOf(embedder);
    await next?.vectors.refresh(set?.shards ?? {});
    const previous = this.#serving;
    this.#owed = set?.owed ?? new Set();
    this.#serving = next;
    if (previous && previous !== next) await previous.vectors.refresh({});
  }

  /** Lets go of the files that are open. */
  async close(): Promise<void> {
    await this.follow({ vectors: {} });
  }

  #servingOf(embedder: LearntEmbedder): Serving {
    if (this.#serving?.embedder.id === embedder.id) return this.#serving;
    const vectors = this.#parts.openVectors(embedder);
    return { embedder, vectors, search: denseSearch(embedder, vectors) };
  }
}
