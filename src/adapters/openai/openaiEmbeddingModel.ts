import type {
  EmbeddingAnswer,
  EmbeddingLimits,
  EmbeddingModel,
  EmbeddingRequest,
} from '../../core/ports/models.ts';
import type { EndpointOptions } from '../http/endpointOptions.ts';
import { fieldsOf, firstCount, inOrder, listOf } from '../http/looseJson.ts';
import { postJson } from '../http/postJson.ts';
import { vectorOf } from '../http/vectorOf.ts';

export interface OpenaiEmbeddingOptions extends EndpointOptions {
  readonly limits: EmbeddingLimits;
  /** Fewer than the model's own; null for those. */
  readonly dims: number | null;
  /** Who reads it: Voyage has names of its own for dims and for what the texts are. */
  readonly dialect?: 'openai' | 'voyage';
}

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
        read: (body, sent) => {
          // What the endpoint would not shorten is shortened here: only models are asked that are made for it.
          const dims =
            sent.leavesOut('dimensions') || sent.leavesOut('output_dimension') ? options.dims : null;
          return readAnswer(body, request, dims);
        },
        signal,
      }),
  };
}

function dialectFields({ dims, dialect }: OpenaiEmbeddingOptions, { kind }: EmbeddingRequest): object {
  if (dialect === 'voyage') return { input_type: kind, ...(dims !== null && { output_dimension: dims }) };
  return { encoding_format: 'float', ...(dims !== null && { dimensions: dims }) };
}

/** Vectors come with the index of their text, and not always in order. */
function readAnswer(body: unknown, { texts }: EmbeddingRequest, dims: number | null): EmbeddingAnswer {
  const { data, embeddings, usage } = fieldsOf(body);
  const items = [data, embeddings, body].map(listOf).find((list) => list.length > 0) ?? [];
  const found = items.map((item) => {
    const { index, embedding } = fieldsOf(item);
    return { index, value: vectorOf(embedding ?? item) };
  });
  const vectors = inOrder(found, texts.length).filter((vector) => vector !== undefined);
  if (vectors.length < texts.length) throw new SyntaxError('a vector is missing');
  const counts = fieldsOf(usage);
  return {
    vectors: dims === null ? vectors : vectors.map((vector) => vector.subarray(0, dims)),
    inputTokens: firstCount(counts['total_tokens'], counts['prompt_tokens']),
  };
}
