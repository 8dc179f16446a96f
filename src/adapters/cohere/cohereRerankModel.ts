import { least } from '../../core/shared/greatest.ts';
import type { RerankModel } from '../../core/ports/models.ts';
import type { EndpointOptions } from '../http/endpointOptions.ts';
import { fieldsOf, inOrder, listOf, numberOf } from '../http/looseJson.ts';
import { postJson } from '../http/postJson.ts';

export interface CohereRerankOptions extends EndpointOptions {
  /** `/v2/rerank` at Cohere; servers that took its form over, such as llama.cpp, vLLM and Jina, have it at `/rerank`. */
  readonly path: '/v2/rerank' | '/rerank';
}

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
        // Cohere bills searches, not tokens.
        read: (body) => ({ scores: readScores(body, texts.length), inputTokens: undefined }),
        signal,
      }),
  };
}

/** Some answer only for the best texts: the others come after them. */
function readScores(body: unknown, count: number): readonly number[] {
  const { results, data, rankings, scores } = fieldsOf(body);
  // Voyage says `data` where the others say `results`; some send the bare list.
  const items = [results, data, rankings, scores, body].map(listOf).find((list) => list.length > 0) ?? [];
  const found = items.flatMap((item) => {
    const { index, relevance_score: relevance, score } = fieldsOf(item);
    const value = numberOf(relevance) ?? numberOf(score) ?? numberOf(item);
    return value === undefined ? [] : [{ index, value }];
  });
  const placed = inOrder(found, count);
  const known = placed.filter((score) => score !== undefined);
  if (known.length === 0 && count > 0) throw new SyntaxError('no scores');
  const last = least(known) - 1;
  return placed.map((score) => score ?? last);
}
