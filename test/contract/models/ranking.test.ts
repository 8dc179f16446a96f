import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RankingAccess } from '../../../src/core/models/modelChoice.ts';
import { createProviderModels } from '../../../src/engine/models/providerModels.ts';
import { silentLogger } from '../../support/silentLogger.ts';
import { FakeProvider } from '../../support/fakeProvider.ts';
import { ModelServer } from '../../support/modelServer.ts';
import { KEY } from './providers.ts';

const API_KEY_IN_CODE = 'const apiKey = "sk-live-abcdefghijklmnopqrstuvwx";';
const blocks = ['a.ts', 'b.ts', 'c.ts'].map((path) => ({
  path,
  startLine: 1,
  endLine: 2,
  lines: [`in ${path}`, API_KEY_IN_CODE],
}));
const never = new AbortController().signal;

const rank = (access: RankingAccess) =>
  createProviderModels(silentLogger).ranking(access).rank('where?', blocks, never);

describe('a reranker', () => {
  let server: ModelServer;

  beforeEach(async () => {
    server = await ModelServer.start();
    server.answer(({ response, body }) => {
      const documents = body['documents'] as readonly string[];
      response.writeHead(200, { 'content-type': 'application/json' });
      const results = documents.map((_, index) => ({ index, relevance_score: index / 10 }));
      response.end(JSON.stringify({ results }));
    });
  });

  afterEach(() => server.close());

  test.each([
    ['cohere', '/v2/rerank'],
    ['voyage', '/rerank'],
    ['compatible', '/rerank'],
  ] as const)('of %s is asked with paths and lines, without keys', async (provider, path) => {
    const model = { provider, model: 'rank-1', baseUrl: server.url, apiKey: KEY };
    expect(await rank({ by: 'reranker', model })).toEqual([0, 0.1, 0.2]);
    const [exchange] = server.exchanges;
    expect(exchange?.path).toBe(path);
    expect(exchange?.headers.authorization).toBe(`Bearer ${KEY}`);
    const [first] = exchange?.body['documents'] as readonly string[];
    expect(first).toMatch(/^a\.ts\nin a\.ts\n/);
    expect(JSON.stringify(exchange?.body)).not.toContain('sk-live');
  });

  test('that refuses is not asked twice', async () => {
    server.answer(({ response }) => {
      response.writeHead(500);
      response.end();
    });
    const model = { provider: 'cohere', model: 'rank-1', baseUrl: server.url, apiKey: KEY } as const;
    await expect(rank({ by: 'reranker', model })).rejects.toMatchObject({ code: 'model-unavailable' });
    expect(server.exchanges).toHaveLength(1);
  });
});

describe('a chat model', () => {
  test('ranks by naming the excerpts in order', async () => {
    const provider = await FakeProvider.start();
    provider.script({ chunks: ['{"rank', 'ing": [3, 2]}'] });
    const model = { provider: 'compatible', model: 'chat-1', baseUrl: provider.baseUrl } as const;
    const [first, second, third] = await rank({ by: 'chat', model });
    expect([first, (second ?? 0) > 0, (third ?? 0) > (second ?? 1)]).toEqual([0, true, true]);
    expect(JSON.stringify(provider.questions)).not.toContain('sk-live');
    await provider.close();
  });
});
