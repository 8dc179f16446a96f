import type { EmbeddingCache, EmbeddingModel } from '../ports/models.ts';

/** What a model is asked for to learn how many numbers its vectors have. */
export const DIMS_TEXT = 'dims';

/** How many numbers the vectors of a model had when one was kept last; `undefined` when that is not known. */
export async function recallOwnDims(
  cache: EmbeddingCache,
  model: EmbeddingModel,
): Promise<number | undefined> {
  const [vector] = await cache.recall(nameOf(model), [DIMS_TEXT]);
  return vector?.length;
}

/** Remembers how many numbers a vector of this model has, in place of what was known. */
export async function keepOwnDims(
  cache: EmbeddingCache,
  model: EmbeddingModel,
  vector: Float32Array,
): Promise<void> {
  await cache.keep(nameOf(model), [DIMS_TEXT], [vector]);
}

function nameOf({ id }: EmbeddingModel): string {
  return `${id}@own dims`;
}
