import { AdaptiveConcurrency } from '../../core/embedding/adaptiveConcurrency.ts';
import { BatchSize } from '../../core/embedding/batchSize.ts';
import { embedInBatches } from '../../core/embedding/embedInBatches.ts';
import { embeddingTraits } from '../../core/embedding/embeddingTraits.ts';
import { createDocumentEmbedder, createQueryEmbedder } from '../../core/embedding/modelEmbedder.ts';
import { DIMS_TEXT, keepOwnDims, recallOwnDims } from '../../core/embedding/ownDims.ts';
import type { ModelError } from '../../core/errors/modelErrors.ts';
import type { EmbeddingMethod, OpenEmbedderOptions } from '../../core/indexing/vectors/embeddingMethod.ts';
import { type ModelAccess, modelId } from '../../core/models/modelChoice.ts';
import type { EmbeddingCache, EmbeddingModel } from '../../core/ports/models.ts';
import type { Embedder } from '../../core/ports/vectors.ts';
import { steadyClock } from '../../core/async/systemClock.ts';
import type { LazyProviderModels } from './lazyProviderModels.ts';

export interface ProviderMethodOptions {
  readonly access: ModelAccess;
  readonly models: LazyProviderModels;
}

export interface DocumentMethodOptions extends ProviderMethodOptions {
  /** Keeps what was paid for; closed by whoever opened it, after the last embedder's work. */
  readonly cache: EmbeddingCache;
  /** The provider is away and is asked again later. */
  readonly onWaiting: (error: ModelError, delayMs: number) => void;
}

/** Makes a provider's model give the vectors of a workspace's code. */
export function documentMethod(options: DocumentMethodOptions): EmbeddingMethod {
  const { access, models, cache, onWaiting } = options;
  return methodOf(access, async ({ dims, signal = new AbortController().signal }) => {
    const { documents: model } = await models.embedding(access);
    return createDocumentEmbedder({
      model,
      dims: dims ?? (await findDims(model, options, signal)),
      cache,
      clock: steadyClock,
      onWaiting,
    });
  });
}

/** The same vectors for questions. Opens only what has been embedded, so the dims are known. */
export function queryMethod({ access, models }: ProviderMethodOptions): EmbeddingMethod {
  return methodOf(access, async ({ dims = 0 }) => {
    const { queries: model } = await models.embedding(access);
    return createQueryEmbedder({ model, dims });
  });
}

function methodOf(
  access: ModelAccess,
  open: (options: OpenEmbedderOptions) => Promise<Embedder>,
): EmbeddingMethod {
  const { dims } = embeddingTraits(access);
  const id = `${modelId(access)}@${dims === null ? 'own dims' : String(dims)}`;
  return { id, minChunks: 1, open: (_, options) => open({ ...(dims !== null && { dims }), ...options }) };
}

/**
 * Asks for one vector and counts. Waits for a provider that is away, as for any other vector; asks once for all folders,
 * as what was told is kept with the vectors.
 */
async function findDims(
  model: EmbeddingModel,
  { onWaiting, cache }: DocumentMethodOptions,
  signal: AbortSignal,
): Promise<number> {
  const known = await recallOwnDims(cache, model);
  if (known !== undefined) return known;
  let dims = 0;
  await embedInBatches([DIMS_TEXT], {
    model,
    clock: steadyClock,
    signal,
    concurrency: new AdaptiveConcurrency(),
    size: new BatchSize(),
    onWaiting,
    onVectors: async (_, [vector = new Float32Array()]) => {
      dims = vector.length;
      await keepOwnDims(cache, model, vector);
    },
  });
  return dims;
}
