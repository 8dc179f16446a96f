import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createCohereRerankModel } from '../../../src/adapters/cohere/cohereRerankModel.ts';
import { parseModelEndpoint } from '../../../src/core/models/modelEndpoint.ts';
import { ModelServer } from '../../support/modelServer.ts';
import { KEY } from './providers.ts';

const TEXTS = ['no', 'yes', 'perhaps'];
const RESULTS = [
  { index: 1, relevance_score: 0.9 },
  { index: 2, relevance_score: 0.4 },
  { index: 0, relevance_score: 0.1 },
];

let server: ModelServer;

beforeEach(async () => {
  server = await ModelServer.start();
});

afterEach(() => server.close());

const rank = (path: '/v2/rerank' | '/rerank' = '/v2/rerank') =>
  createCohereRerankModel({
    endpoint: parseModelEndpoint(server.url),
    apiKey: KEY,
    model: 'rerank-1',
    path,
  }).rank({ query: 'Is it?', texts: TEXTS }, new AbortController().signal);

const answer = (value: object, status = 200) => {
  server.answer(({ response }) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(value));
  });
};

describe('a reranker', () => {
  test.each([
    ['Cohere', '/v2/rerank', { results: RESULTS, meta: {} }],
    ['llama.cpp and vLLM', '/rerank', { results: RESULTS }],
    ['Voyage', '/rerank', { object: 'list', data: RESULTS, usage: { total_tokens: 5 } }],
  ] as const)('of %s gives a score to each text, in the order of the texts', async (_, path, body) => {
    answer(body);
    expect((await rank(path)).scores).toEqual([0.1, 0.9, 0.4]);
    const [exchange] = server.exchanges;
    expect(exchange?.path).toBe(path);
    expect(exchange?.body).toEqual({ model: 'rerank-1', query: 'Is it?', documents: TEXTS });
  });

  test('that leaves out a text puts it last', async () => {
    answer({ results: RESULTS.slice(1) });
    const { scores } = await rank();
    expect(scores.filter((score) => score === Math.min(...scores))).toHaveLength(1);
    expect(scores).toHaveLength(TEXTS.length);
  });

  test('that knows no score is not understood', async () => {
    answer({ results: [] });
    await expect(rank()).rejects.toMatchObject({ code: 'model-response', problem: 'malformed' });
  });

  test('without credit says so', async () => {
    answer({ message: 'no credit' }, 402);
    await expect(rank()).rejects.toMatchObject({ code: 'model-rate-limit', problem: 'quota' });
  });
});
