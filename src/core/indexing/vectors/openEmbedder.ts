import type { IndexStore, VectorSet } from '../../ports/indexStore.ts';
import type { EmbeddingMethod, MethodEmbedder } from './embeddingMethod.ts';

/** Opens the embedders of vector sets. The one used last stays open: a save must not wait for its projection to be read. */
export class OpenEmbedder {
  readonly #method: EmbeddingMethod;
  readonly #store: Pick<IndexStore, 'projection'>;
  #last: MethodEmbedder | undefined;

  constructor(method: EmbeddingMethod, store: Pick<IndexStore, 'projection'>) {
    this.#method = method;
    this.#store = store;
  }

  /** `undefined` for a set made in another way. Rejects with a `StoreCorruptError` when its projection is damaged. */
  async of({ method, embedder: id, dims, projection }: VectorSet): Promise<MethodEmbedder | undefined> {
    if (method !== this.#method.id) return undefined;
    if (this.#last?.id === id) return this.#last;
    const bytes = projection && (await this.#store.projection(projection.id));
    return this.keep(await this.#method.open(bytes, { dims }));
  }

  keep(embedder: MethodEmbedder): MethodEmbedder {
    this.#last = embedder;
    return embedder;
  }
}
