import * as z from 'zod';
import { ModelResponseError } from '../../core/errors/modelErrors.ts';
import type { RerankModel } from '../../core/ports/models.ts';
import type { EndpointOptions } from '../http/endpointOptions.ts';
import { postJson } from '../http/postJson.ts';

export interface CohereRerankOptions extends EndpointOptions {
  /** `/v2/rerank` at Cohere; servers that took its form over, such as llama.cpp, vLLM and Jina, have it at `/rerank`. */
  readonly path: '/v2/rerank' | '/rerank';
}

const result = z.object({ index: z.int().nonnegative(), relevance_score: z.number() });
/** Voyage says `data` where the others say `results`. */
const answer = z.union([
  z.object({ results: z.array(result) }).transform(({ results }) => results),
  z.object({ data: z.array(result) }).transform(({ data }) => data),
]);

/** A reranker behind Cohere's `/v2/rerank` (https://docs.cohere.com/reference/rerank) or one that takes the same. */
export function createCohereRerankModel(options: CohereRerankOptions): RerankModel {
  const { model, path } = options;
  const { host } = options.endpoint;
  return {
    id: `cohere:${model}`,
    endpoint: host,
    rank: ({ query, texts }, signal) =>
      postJson(options, path, {
        body: { model, query, documents: texts },
        read: (body) => {
          const scores = new Map(answer.parse(body).map((each) => [each.index, each.relevance_score]));
          const ordered = texts.map((_, index) => scores.get(index)).filter((score) => score !== undefined);
          if (ordered.length < texts.length) throw new ModelResponseError(host, 'malformed');
          // Cohere bills searches, not tokens.
          return { scores: ordered, inputTokens: undefined };
        },
        signal,
      }),
  };
}
