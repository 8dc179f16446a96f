import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createProviderModels } from '../../../src/engine/models/providerModels.ts';
import type { ModelAccess } from '../../../src/core/models/modelChoice.ts';
import { ModelServer } from '../../support/modelServer.ts';
import { silentLogger } from '../../support/silentLogger.ts';
import { collect, question } from './providers.ts';
import { openaiWire } from '../../support/modelWire.ts';

let server: ModelServer;

beforeEach(async () => {
  server = await ModelServer.start();
  server.answer(({ response, path }) => {
    const isEmbedding = /embed/.test(path);
    response.writeHead(200, { 'content-type': isEmbedding ? 'application/json' : 'text/event-stream' });
    const vectors = { data: [{ embedding: [1, 2] }], embeddings: { float: [[1, 2]] } };
    response.end(isEmbedding ? JSON.stringify(vectors) : openaiWire.text('tea') + openaiWire.closing());
  });
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await server.close();
});

const never = new AbortController().signal;
const access = (more: Partial<ModelAccess>): ModelAccess => ({
  provider: 'compatible',
  model: 'model-1',
  baseUrl: `${server.url}/v1`,
  ...more,
});
const chat = (more: Partial<ModelAccess>) =>
  collect(createProviderModels(silentLogger).get(access(more)).chat.stream(question, never));
const embed = (more: Partial<ModelAccess>) =>
  createProviderModels(silentLogger)
    .embedding(access(more))
    .documents.embed({ texts: ['a'], kind: 'document' }, never);

describe('an address that was pasted is one address:', () => {
  test.each([
    ['compatible', '/v1', '/v1/chat/completions'],
    ['compatible', '/v1/embeddings', '/v1/chat/completions'],
    ['compatible', '/v1/rerank', '/v1/chat/completions'],
    ['compatible', '/v1/responses', '/v1/chat/completions'],
    ['compatible', '/v1/models', '/v1/chat/completions'],
    ['compatible', '/api/chat', '/v1/chat/completions'],
    ['cohere', '', '/compatibility/v1/chat/completions'],
    ['cohere', '/v2', '/compatibility/v1/chat/completions'],
    ['cohere', '/v2/rerank', '/compatibility/v1/chat/completions'],
    ['cohere', '/compatibility/v1', '/compatibility/v1/chat/completions'],
    ['cohere', '/compatibility/v1/chat/completions', '/compatibility/v1/chat/completions'],
    ['gemini', '/v1beta', '/v1beta/openai/chat/completions'],
    ['gemini', '/v1beta/openai/', '/v1beta/openai/chat/completions'],
  ] as const)('%s %s', async (provider, path, asked) => {
    await chat({ provider, baseUrl: `${server.url}${path}` });
    expect(server.exchanges[0]?.path).toBe(asked);
  });

  test.each([
    ['compatible', '/v1/embeddings', '/v1/embeddings'],
    ['voyage', '/v1/embeddings', '/v1/embeddings'],
    ['voyage', '/v1/rerank', '/v1/embeddings'],
    ['cohere', '/v2/embed', '/v2/embed'],
    ['cohere', '/v2', '/v2/embed'],
    ['cohere', '/compatibility/v1', '/v2/embed'],
  ] as const)('for vectors: %s %s', async (provider, path, asked) => {
    await embed({ provider, baseUrl: `${server.url}${path}` });
    expect(server.exchanges[0]?.path).toBe(asked);
  });
});

describe('Voyage is asked for dims that a model has:', () => {
  test.each([
    ['voyage-3.5', 512],
    ['voyage-3.5-lite', 512],
    ['voyage-3-large', 512],
    ['voyage-code-3', 512],
    ['voyage-4-large', 512],
    ['voyage-3', undefined],
    ['voyage-3-lite', undefined],
    ['voyage-code-2', undefined],
    ['voyage-law-2', undefined],
    ['voyage-finance-2', undefined],
  ])('%s %s', async (model, dims) => {
    await embed({ provider: 'voyage', model });
    expect(server.exchanges[0]?.body['output_dimension']).toBe(dims);
  });
});

test('headers of the settings are sent, and take the place of ours', async () => {
  await chat({ headers: { 'X-Team': 'search', Authorization: 'Basic abc' }, apiKey: 'key' });
  expect(server.exchanges[0]?.headers).toMatchObject({ 'x-team': 'search', authorization: 'Basic abc' });
});

test.each(['Host', 'content-length', 'Transfer-Encoding', 'connection', 'proxy-authorization'])(
  'the header %s is refused',
  async (name) => {
    expect((await chat({ headers: { [name]: 'x' } })).error).toMatchObject({
      code: 'model-endpoint',
      problem: 'header',
    });
    expect(server.exchanges).toHaveLength(0);
  },
);

describe('a proxy of the environment', () => {
  let proxy: Server;
  let asked: string[];

  beforeEach(async () => {
    asked = [];
    proxy = createServer((request, response) => {
      asked.push(`${String(request.method)} ${String(request.url)}`);
      response.writeHead(502).end();
    });
    proxy.on('connect', (request, socket) => {
      asked.push(`CONNECT ${String(request.url)}`);
      const { port } = new URL(server.url);
      const onward = connect(Number(port), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
        onward.pipe(socket).pipe(onward);
      });
      for (const each of [socket, onward]) each.on('error', () => onward.destroy());
    });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    for (const name of ['http_proxy', 'https_proxy', 'no_proxy', 'NO_PROXY']) vi.stubEnv(name, undefined);
    const url = `http://127.0.0.1:${String((proxy.address() as AddressInfo).port)}`;
    vi.stubEnv('HTTP_PROXY', url);
    vi.stubEnv('HTTPS_PROXY', url);
  });

  afterEach(() => {
    proxy.closeAllConnections();
    proxy.close();
  });

  test('is asked for other machines', async () => {
    const secure = await chat({ baseUrl: 'https://models.example/v1' });
    expect(asked).toContain('CONNECT models.example:443');
    // What answers there speaks no TLS.
    expect(secure.error).toMatchObject({ code: 'model-unavailable' });
    await chat({ baseUrl: 'http://models.example/v1', plainHttp: true });
    expect(asked.some((each) => each.includes('models.example') && !each.includes(':443'))).toBe(true);
  });

  test.each(['localhost', '127.0.0.1'])('is never asked for %s', async (host) => {
    const { port } = new URL(server.url);
    expect(await chat({ baseUrl: `http://${host}:${port}/v1` })).toMatchObject({ text: 'tea' });
    expect(asked).toEqual([]);
  });

  test('gives way to the one of the settings, and to its exceptions', async () => {
    const url = process.env['HTTPS_PROXY'] ?? '';
    vi.stubEnv('HTTPS_PROXY', 'http://127.0.0.1:1');
    await chat({ baseUrl: 'https://models.example/v1', proxy: { url, except: [] } });
    expect(asked).toEqual(['CONNECT models.example:443']);
    await chat({ baseUrl: 'https://models.invalid/v1', proxy: { url, except: ['models.invalid'] } });
    expect(asked).toEqual(['CONNECT models.example:443']);
    const { port } = new URL(server.url);
    const here = { baseUrl: `http://127.0.0.1:${port}/v1`, proxy: { url, except: [] } };
    expect(await chat(here)).toMatchObject({ text: 'tea' });
    expect(asked).toHaveLength(1);
  });

  test('is not asked for what NO_PROXY names', async () => {
    vi.stubEnv('NO_PROXY', 'models.invalid,other.example');
    expect((await chat({ baseUrl: 'https://models.invalid/v1' })).error).toMatchObject({
      code: 'model-unavailable',
    });
    expect(asked).toEqual([]);
  });
});
