import type { Embedder } from '../../ports/vectors.ts';
import type { DenseWeighting } from '../../ports/vectors.ts';

/** A way to turn a folder's chunks into vectors. */
export interface EmbeddingMethod {
  /** Names the method and all that shapes its vectors besides what it learns: sets made by another are made anew. */
  readonly id: string;
  /** Fewer chunks than this have no vectors: search goes by words alone. */
  readonly minChunks: number;
  /** Absent when there is nothing to learn from the folder. */
  readonly training?: Training;
  /**
   * The embedder, made from the bytes that `training.learn` gave, if there is any; for a set of vectors that exists, one
   * of its dims.
   */
  open(
    projection: Uint8Array | undefined,
    options: OpenEmbedderOptions,
  ): MethodEmbedder | Promise<MethodEmbedder>;
}

export interface OpenEmbedderOptions {
  /** Of the vectors to compare with; absent for a new set. */
  readonly dims?: number;
  readonly signal?: AbortSignal | undefined;
}

export interface Training {
  /** Chunks to learn from, at most. */
  readonly sample: number;
  /** Learns a projection from texts as they will be embedded: the same texts give the same bytes. */
  learn(texts: readonly string[], options: TrainingOptions): Promise<Uint8Array>;
}

export interface TrainingOptions {
  /** Awaited every few milliseconds of work; rejects when the pass is cancelled. */
  readonly pace: () => Promise<void>;
  readonly signal: AbortSignal | undefined;
}

export interface MethodEmbedder extends Embedder {
  /** What a search makes of its vectors; as of the built-in ones when absent. */
  readonly weighting?: DenseWeighting;
  /** How many texts it does best with at a time; a few hundred when absent. */
  readonly textsAtATime?: number;
  /**
   * How many terms the texts embedded so far had, and how many of these the embedder never learnt; absent when it knows
   * all text.
   */
  readonly knowledge?: { readonly terms: number; readonly unknown: number };
}

/** For embedders that need no training, such as those of a provider. */
export function fixedMethod(embedder: Embedder): EmbeddingMethod {
  return { id: embedder.id, minChunks: 1, open: () => embedder };
}
