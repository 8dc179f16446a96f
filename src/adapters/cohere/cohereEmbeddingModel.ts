import type { EmbeddingLimits, EmbeddingModel } from '../../core/ports/models.ts';
import type { EndpointOptions } from '../http/endpointOptions.ts';
import { countOf, fieldsOf, listOf } from '../http/looseJson.ts';
import { postJson } from '../http/postJson.ts';
import { vectorOf } from '../http/vectorOf.ts';

export interface CohereEmbeddingOptions extends EndpointOptions {
  readonly limits: EmbeddingLimits;
  /** Fewer than the model's own; null for those. Only models from version 4 on can be asked for fewer. */
  readonly dims: number | null;
}

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
        read: (body, sent) => {
          const { embeddings, meta } = fieldsOf(body);
          // Servers that took an older form over send the bare list.
          const list = listOf(fieldsOf(embeddings)['float'] ?? fieldsOf(embeddings)['float_'] ?? embeddings);
          if (list.length !== texts.length) throw new SyntaxError('a vector is missing');
          const vectors = list.map(vectorOf);
          // What the endpoint would not shorten is shortened here: only models are asked that are made for it.
          const most = sent.leavesOut('output_dimension') && dims !== null ? dims : undefined;
          return {
            vectors: vectors.map((vector) => vector.subarray(0, most)),
            inputTokens: countOf(fieldsOf(fieldsOf(meta)['billed_units'])['input_tokens']),
          };
        },
        signal,
      }),
  };
}
