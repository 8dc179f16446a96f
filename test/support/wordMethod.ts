import { fixedMethod, type EmbeddingMethod } from '../../src/core/indexing/vectors/embeddingMethod.ts';
import { createHashEmbedder } from './hashEmbedder.ts';

/** Vectors for folders too small to learn from: the same for the same words. Another id makes another method. */
export function wordMethod(id?: string): EmbeddingMethod {
  const embedder = createHashEmbedder();
  return fixedMethod({ ...embedder, id: id ?? embedder.id });
}
