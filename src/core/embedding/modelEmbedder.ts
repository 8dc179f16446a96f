import { type ModelError, ModelResponseError } from '../errors/modelErrors.ts';
import type { EmbeddingCache, EmbeddingModel } from '../ports/models.ts';
import type { Clock } from '../ports/runtime.ts';
import type { DenseWeighting, Embedder } from '../ports/vectors.ts';
import type { MethodEmbedder } from '../indexing/vectors/embeddingMethod.ts';
import { AdaptiveConcurrency } from './adaptiveConcurrency.ts';
import { BatchSize } from './batchSize.ts';
import { embedInBatches } from './embedInBatches.ts';
import { keepOwnDims } from './ownDims.ts';
import { toUnit } from '../shared/toUnit.ts';

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

/** Texts are asked for together that make as many requests as may ever be under way, within what memory may hold. */
const REQUESTS_AT_A_TIME = 8;
const MAX_TEXTS = 4096;

/** Names the vectors: those of another model, or of other dims, cannot be compared with them. */
export function embedderId({ model, dims }: ModelEmbedderOptions): string {
  return `${model.id}@${String(dims)}`;
}

/**
 * Embeds the code of a workspace by a provider's model. Every vector is kept as soon as it arrives, so that whatever
 * ends the work, nothing is paid for twice. Waits for a provider that is away; rejects when waiting does not help.
 */
export function createDocumentEmbedder(options: DocumentEmbedderOptions): MethodEmbedder {
  const { model, dims, cache, clock, onWaiting } = options;
  const concurrency = new AdaptiveConcurrency();
  const size = new BatchSize();
  const id = embedderId(options);
  return {
    id,
    dims,
    textsAtATime: Math.min(MAX_TEXTS, REQUESTS_AT_A_TIME * model.limits.texts),
    async embed(texts, signal = new AbortController().signal) {
      const vectors = [...(await cache.recall(id, texts))];
      const missing = [...new Set(texts.filter((_, at) => vectors[at] === undefined))];
      const made = new Map<string, Float32Array>();
      await embedInBatches(missing, {
        model,
        clock,
        signal,
        concurrency,
        size,
        onWaiting,
        onVectors: (start, batch) => takeIn(missing.slice(start, start + batch.length), batch, options, made),
      });
      return texts.map((text, at) => vectors[at] ?? made.get(text) ?? new Float32Array(dims));
    },
  };
}

/** Keeps the vectors of these texts and adds them to `made`. One that makes no sense is no reason to pay for the others again. */
async function takeIn(
  texts: readonly string[],
  vectors: readonly Float32Array[],
  options: DocumentEmbedderOptions,
  made: Map<string, Float32Array>,
): Promise<void> {
  const { model, dims, cache } = options;
  const sound = texts.flatMap((text, at) => {
    const vector = vectors[at];
    return vector && isFitting(vector, dims) ? [{ text, vector: unit(vector) }] : [];
  });
  await cache.keep(
    embedderId(options),
    sound.map(({ text }) => text),
    sound.map(({ vector }) => vector),
  );
  for (const { text, vector } of sound) made.set(text, vector);
  if (sound.length === texts.length) return;
  const other = vectors.find(({ length }) => length > 0 && length !== dims);
  if (other) await keepOwnDims(cache, model, other);
  throw unusable(options);
}

/**
 * Models trained on code and questions see more than words do, and the person waits for a network. No provider was at hand
 * to measure with: half the weight of words is a choice, and the evaluation of a workspace can judge it.
 */
const WEIGHTING: DenseWeighting = { weight: 0.5, deadlineMs: 1_500 };

/** Embeds questions, which many models treat in another way than code. Makes vectors to compare with those of documents. */
export function createQueryEmbedder(
  options: ModelEmbedderOptions,
): Embedder & { readonly weighting: DenseWeighting } {
  const { model, dims } = options;
  return {
    weighting: WEIGHTING,
    id: embedderId(options),
    dims,
    async embed(texts, signal = new AbortController().signal) {
      const { vectors } = await model.embed({ texts, kind: 'query' }, signal);
      if (!vectors.every((vector) => isFitting(vector, dims))) throw unusable(options);
      return vectors.map(unit);
    },
  };
}

/** Vectors of other dims than were asked for cannot be compared with the others. */
function isFitting(vector: Float32Array, dims: number): boolean {
  return vector.length === dims && vector.every(Number.isFinite);
}

function unusable({ model, dims }: ModelEmbedderOptions): ModelResponseError {
  return new ModelResponseError(model.endpoint, 'vectors', String(dims));
}

/** At length 1: some providers' shortened vectors are not normalised. */
function unit(vector: Float32Array): Float32Array {
  const scaled = vector.slice();
  toUnit(scaled);
  return scaled;
}
