import type { EmbeddingModel } from '../ports.ts';

/** How many numbers the model's vectors have, found out by asking for one. */
export async function vectorDims(model: EmbeddingModel, signal: AbortSignal): Promise<number> {
  const { vectors } = await model.embed({ texts: ['dims'], kind: 'query' }, signal);
  return vectors[0]?.length ?? 0;
}
