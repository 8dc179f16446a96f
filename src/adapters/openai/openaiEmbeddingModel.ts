import * as z from 'zod';
import { ModelResponseError } from '../../core/errors/modelErrors.ts';
import type {
  EmbeddingAnswer,
  EmbeddingLimits,
  EmbeddingModel,
  EmbeddingRequest,
} from '../../core/ports/models.ts';
import type { EndpointOptions } from '../http/endpointOptions.ts';
import { postJson } from '../http/postJson.ts';

export interface OpenaiEmbeddingOptions extends EndpointOptions {
  readonly limits: EmbeddingLimits;
  /** Fewer than the model's own; null for those. */
  readonly dims: number | null;
  /** Who reads it: Voyage has names of its own for dims and for what the texts are. */
  readonly dialect?: 'openai' | 'voyage';
}

const answer = z.object({
  data: z.array(z.object({ index: z.int().nonnegative(), embedding: z.array(z.number()) })),
  usage: z.object({ total_tokens: z.number().optional(), prompt_tokens: z.number().optional() }).nullish(),
});

/**
 * An embedding model behind `/embeddings` at OpenAI (https://platform.openai.com/docs/api-reference/embeddings), Voyage
 * (https://docs.voyageai.com/reference/embeddings-api) or any server that speaks the same: Gemini's compatible endpoint,
 * Mistral, Ollama, llama.cpp, vLLM.
 */
export function createOpenaiEmbeddingModel(options: OpenaiEmbeddingOptions): EmbeddingModel {
  return {
    id: `openai:${options.model}`,
    endpoint: options.endpoint.host,
    limits: options.limits,
    embed: (request, signal) =>
      postJson(options, '/embeddings', {
        body: { model: options.model, input: request.texts, ...dialectFields(options, request) },
        read: (body) => readAnswer(body, request, options.endpoint.host),
        signal,
      }),
  };
}

function dialectFields({ dims, dialect }: OpenaiEmbeddingOptions, { kind }: EmbeddingRequest): object {
  if (dialect === 'voyage') return { input_type: kind, ...(dims !== null && { output_dimension: dims }) };
  return { encoding_format: 'float', ...(dims !== null && { dimensions: dims }) };
}

/** Vectors come with the index of their text, and not always in order. */
function readAnswer(body: unknown, { texts }: EmbeddingRequest, endpoint: string): EmbeddingAnswer {
  const { data, usage } = answer.parse(body);
  const byIndex = new Map(data.map(({ index, embedding }) => [index, Float32Array.from(embedding)]));
  const vectors = texts.map((_, index) => byIndex.get(index)).filter((vector) => vector !== undefined);
  if (vectors.length < texts.length) throw new ModelResponseError(endpoint, 'malformed');
  return { vectors, inputTokens: usage?.total_tokens ?? usage?.prompt_tokens };
}
