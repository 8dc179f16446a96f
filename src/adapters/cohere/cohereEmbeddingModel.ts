import * as z from 'zod';
import { ModelResponseError } from '../../core/errors/modelErrors.ts';
import type { EmbeddingLimits, EmbeddingModel } from '../../core/ports/models.ts';
import type { EndpointOptions } from '../http/endpointOptions.ts';
import { postJson } from '../http/postJson.ts';

export interface CohereEmbeddingOptions extends EndpointOptions {
  readonly limits: EmbeddingLimits;
  /** Fewer than the model's own; null for those. Only models from version 4 on can be asked for fewer. */
  readonly dims: number | null;
}

const answer = z.object({
  embeddings: z.object({ float: z.array(z.array(z.number())) }),
  meta: z.object({ billed_units: z.object({ input_tokens: z.number() }).nullish() }).nullish(),
});

/** An embedding model behind Cohere's `/v2/embed` (https://docs.cohere.com/reference/embed). */
export function createCohereEmbeddingModel(options: CohereEmbeddingOptions): EmbeddingModel {
  const { model, dims, limits } = options;
  const { host } = options.endpoint;
  return {
    id: `cohere:${model}`,
    endpoint: host,
    limits,
    embed: ({ texts, kind }, signal) =>
      postJson(options, '/v2/embed', {
        body: {
          model,
          texts,
          input_type: kind === 'query' ? 'search_query' : 'search_document',
          embedding_types: ['float'],
          truncate: 'END',
          ...(dims !== null && { output_dimension: dims }),
        },
        read: (body) => {
          const { embeddings, meta } = answer.parse(body);
          if (embeddings.float.length !== texts.length) throw new ModelResponseError(host, 'malformed');
          return {
            vectors: embeddings.float.map((vector) => Float32Array.from(vector)),
            inputTokens: meta?.billed_units?.input_tokens,
          };
        },
        signal,
      }),
  };
}
