import type { ChatRequest } from './chatRequest.ts';
import type { EmbeddingAnswer, EmbeddingLimits, EmbeddingRequest } from './embeddingRequest.ts';
import type { FillRequest } from './fillRequest.ts';
import type { ModelPart } from './modelPart.ts';
import type { RerankAnswer, RerankRequest } from './rerankRequest.ts';

/**
 * A language model that answers chat messages. Adapters make one attempt a call; deadlines, retries, accounting and
 * redaction are those of `models/modelClient.ts`, through which every call goes.
 */
export interface ChatModel {
  /** Provider and model, for example `openai:gpt-5-mini`: names the model in logs and accounts. Holds no key. */
  readonly id: string;
  /** Host of the endpoint. Models with the same endpoint fail together, so they are paused together. */
  readonly endpoint: string;
  /**
   * Sends the request when iteration begins. Ending the iteration early or aborting `signal` closes the connection at
   * once; an abort rejects with the signal's reason. All else that goes wrong is a `ModelError`.
   */
  stream(request: ChatRequest, signal: AbortSignal): AsyncIterable<ModelPart>;
}

/** A language model that fills in the middle of a file. The same rules hold as for a `ChatModel`. */
export interface CompletionModel {
  readonly id: string;
  readonly endpoint: string;
  /** Streams the text to insert, without marks, fences or repeated context. */
  complete(request: FillRequest, signal: AbortSignal): AsyncIterable<ModelPart>;
}

/** A model that turns texts into vectors. One attempt a call; the same rules hold as for a `ChatModel`. */
export interface EmbeddingModel {
  readonly id: string;
  readonly endpoint: string;
  readonly limits: EmbeddingLimits;
  /** Rejects with a `ModelError`, or with the signal's reason when it aborts. */
  embed(request: EmbeddingRequest, signal: AbortSignal): Promise<EmbeddingAnswer>;
}

/** Vectors of texts that were embedded before, by the same model and dims: for all folders, branches and worktrees. */
export interface EmbeddingCache {
  /** The vectors of the texts, in order; `undefined` for those that are not known. `embedder` is an `Embedder`'s id. */
  recall(embedder: string, texts: readonly string[]): Promise<readonly (Float32Array | undefined)[]>;
  /** Durable once resolved. The least recently used are forgotten when there are too many. */
  keep(embedder: string, texts: readonly string[], vectors: readonly Float32Array[]): Promise<void>;
  close(): Promise<void>;
}

/** A model that says how well texts answer a query. The same rules hold as for an `EmbeddingModel`. */
export interface RerankModel {
  readonly id: string;
  readonly endpoint: string;
  rank(request: RerankRequest, signal: AbortSignal): Promise<RerankAnswer>;
}
