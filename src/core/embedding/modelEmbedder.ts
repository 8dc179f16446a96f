import { ModelResponseError } from '../errors/modelResponseError.ts';
import type { ModelError } from '../errors/modelError.ts';
import type { Clock, Embedder, EmbeddingCache, EmbeddingModel } from '../ports.ts';
import type { DenseStanding } from '../retrieval/denseSearch.ts';
import { AdaptiveConcurrency } from './adaptiveConcurrency.ts';
import { embedInBatches } from './embedInBatches.ts';
import { toUnit } from '../toUnit.ts';

export interface ModelEmbedderOptions {
  /** Wrapped by the model client. */
  readonly model: EmbeddingModel;
  readonly dims: number;
}

export interface DocumentEmbedderOptions extends ModelEmbedderOptions {
  /** What was embedded once, in whatever folder, is not paid for again. */
  readonly cache: EmbeddingCache;
  readonly clock: Clock;
  /** The provider wants a rest, or is away, and is asked again after so many milliseconds. */
  readonly onWaiting: (error: ModelError, delayMs: number) => void;
}

/** Names the vectors: those of another model, or of other dims, cannot be compared with them. */
export function embedderId({ model, dims }: ModelEmbedderOptions): string {
  return `${model.id}@${String(dims)}`;
}

/**
 * Embeds the code of a workspace by a provider's model. Every vector is kept as soon as it arrives, so that whatever
 * ends the work, nothing is paid for twice. Waits for a provider that is away; rejects when waiting does not help.
 */
export function createDocumentEmbedder(options: DocumentEmbedderOptions): Embedder {
  const { model, dims, cache, clock, onWaiting } = options;
  const concurrency = new AdaptiveConcurrency();
  const id = embedderId(options);
  return {
    id,
    dims,
    async embed(texts, signal = new AbortController().signal) {
      const vectors = [...(await cache.recall(id, texts))];
      const missing = [...new Set(texts.filter((_, at) => vectors[at] === undefined))];
      const made = new Map<string, Float32Array>();
      await embedInBatches(missing, {
        model,
        clock,
        signal,
        concurrency,
        onWaiting,
        onVectors: async (start, batch) => {
          const ready = batch.map((vector) => fitting(vector, options));
          const own = missing.slice(start, start + ready.length);
          await cache.keep(id, own, ready);
          own.forEach((text, at) => made.set(text, ready[at] ?? new Float32Array(dims)));
        },
      });
      return texts.map((text, at) => vectors[at] ?? made.get(text) ?? new Float32Array(dims));
    },
  };
}

/**
 * Models trained on code and questions see more than words do, and the person waits for a network. No provider was at hand
 * to measure with: half the weight of words is a choice, and the evaluation of a workspace can judge it.
 */
const STANDING: DenseStanding = { weight: 0.5, deadlineMs: 1_500 };

/** Embeds questions, which many models treat in another way than code. Makes vectors to compare with those of documents. */
export function createQueryEmbedder(
  options: ModelEmbedderOptions,
): Embedder & { readonly standing: DenseStanding } {
  const { model, dims } = options;
  return {
    standing: STANDING,
    id: embedderId(options),
    dims,
    async embed(texts, signal = new AbortController().signal) {
      const { vectors } = await model.embed({ texts, kind: 'query' }, signal);
      return vectors.map((vector) => fitting(vector, options));
    },
  };
}

/** At length 1. Rejects vectors of other dims than were asked for: comparing them would be nonsense. */
function fitting(vector: Float32Array, { model, dims }: ModelEmbedderOptions): Float32Array {
  if (vector.length !== dims || !vector.every(Number.isFinite)) {
    throw new ModelResponseError(model.endpoint, 'malformed');
  }
  // Some providers' shortened vectors are not normalised.
  const unit = vector.slice();
  toUnit(unit);
  return unit;
}
