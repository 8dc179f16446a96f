import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createCohereEmbeddingModel } from '../../../src/adapters/cohere/cohereEmbeddingModel.ts';
import { createOpenaiEmbeddingModel } from '../../../src/adapters/openai/openaiEmbeddingModel.ts';
import type { EndpointOptions } from '../../../src/adapters/http/endpointOptions.ts';
import { parseModelEndpoint } from '../../../src/core/models/modelEndpoint.ts';
import type { EmbeddingModel } from '../../../src/core/ports/models.ts';
import { describeError } from '../../../src/engine/worker/describeError.ts';
import {
  cohereEmbeddingWire,
  openaiEmbeddingWire,
  vectorOf,
  voyageEmbeddingWire,
  type EmbeddingWire,
} from '../../support/embeddingWire.ts';
import { ModelServer, type Answer, type Exchange } from '../../support/modelServer.ts';
import { KEY } from './providers.ts';

interface Settings extends Partial<EndpointOptions> {
  readonly dims?: number | null;
}

interface Provider {
  readonly name: string;
  readonly wire: EmbeddingWire;
  readonly create: (url: string, settings?: Settings) => EmbeddingModel;
}

const limits = { texts: 96, tokens: 1000, tokensPerText: 100 };
const withKey = (url: string, { dims = null, ...settings }: Settings = {}) => ({
  endpoint: parseModelEndpoint(url),
  apiKey: KEY,
  model: 'model-1',
  limits,
  dims,
  ...settings,
});

const providers: readonly Provider[] = [
  {
    name: 'OpenAI',
    wire: openaiEmbeddingWire,
    create: (url, settings) => createOpenaiEmbeddingModel(withKey(`${url}/v1`, settings)),
  },
  {
    name: 'Voyage',
    wire: voyageEmbeddingWire,
    create: (url, settings) =>
      createOpenaiEmbeddingModel({ ...withKey(`${url}/v1`, settings), dialect: 'voyage' }),
  },
  {
    name: 'Cohere',
    wire: cohereEmbeddingWire,
    create: (url, settings) => createCohereEmbeddingModel(withKey(url, settings)),
  },
];

const TEXTS = ['first', 'the second', 'third text'];
const never = new AbortController().signal;

let server: ModelServer;

beforeEach(async () => {
  server = await ModelServer.start();
});

afterEach(() => server.close());

const json =
  (value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Answer =>
  ({ response }) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof value === 'string' ? value : JSON.stringify(value));
  };

describe.each(providers)('$name', ({ wire, create }) => {
  const good: Answer = (exchange) => json(wire.answer(exchange.body))(exchange);
  const fails = async (settings?: Settings): Promise<Error> => {
    try {
      await create(server.url, settings).embed({ texts: TEXTS, kind: 'document' }, never);
    } catch (error) {
      return error as Error;
    }
    throw new Error('it did not fail');
  };

  test.each(['document', 'query'] as const)('gives the vector of each %s, in order', async (kind) => {
    server.answer(good);
    const { vectors, inputTokens } = await create(server.url).embed({ texts: TEXTS, kind }, never);
    expect(vectors).toEqual(TEXTS.map((text) => Float32Array.from(vectorOf(text))));
    expect(inputTokens).toBe(12);
    const [exchange] = server.exchanges;
    expect(exchange?.path).toBe(wire.path);
    expect(exchange?.headers).toMatchObject({ authorization: `Bearer ${KEY}`, 'user-agent': 'Touchstone' });
    expect(exchange?.body).toEqual({ model: 'model-1', ...wire.body(TEXTS, kind, null) });
  });

  test('asks for fewer dims', async () => {
    server.answer(good);
    await create(server.url, { dims: 2 }).embed({ texts: ['a'], kind: 'document' }, never);
    expect(server.exchanges[0]?.body).toEqual({ model: 'model-1', ...wire.body(['a'], 'document', 2) });
  });

  test.each([
    [401, { code: 'model-auth', problem: 'refused' }],
    [404, { code: 'model-request', status: 404 }],
    [429, { code: 'model-rate-limit', retryAfterMs: 7_000 }],
    [500, { code: 'model-unavailable', problem: 'failed' }],
    [503, { code: 'model-unavailable', problem: 'overloaded' }],
  ])('says what status %i means, without the key', async (status, expected) => {
    server.answer(json({ message: `not with ${KEY}` }, status, { 'retry-after': '7' }));
    const error = await fails();
    expect(error).toMatchObject({ ...expected, endpoint: server.host });
    expect(JSON.stringify(error) + describeError(error)).not.toContain(KEY);
  });

  test.each([
    ['no JSON', '{"data":'],
    ['another shape', { vectors: [] }],
    ['fewer vectors than texts', wire.answer({ input: ['a'], texts: ['a'] })],
  ])('refuses %s', async (_, answer) => {
    server.answer(json(answer));
    expect(await fails()).toMatchObject({ code: 'model-response', problem: 'malformed' });
  });

  test('refuses a page in place of an answer', async () => {
    server.answer(json('<html>', 200, { 'content-type': 'text/html' }));
    expect(await fails()).toMatchObject({ code: 'model-response', problem: 'content-type' });
  });

  test('refuses an answer without an end', async () => {
    server.answer(json(wire.answer({ input: TEXTS, texts: TEXTS })));
    const error = await fails({ maxResponseBytes: 20 });
    expect(error).toMatchObject({ code: 'model-response', problem: 'too-large' });
  });

  test('notices a connection that breaks in the middle', async () => {
    server.answer(async (exchange) => {
      exchange.begin({ 'content-type': 'application/json' });
      await exchange.send('{"data": [');
      exchange.cut();
    });
    expect(await fails()).toMatchObject({ code: 'model-cut-off', isTransient: true });
  });

  test('says that nothing answers', async () => {
    const closed = await ModelServer.start();
    const { url } = closed;
    await closed.close();
    const asking = create(url).embed({ texts: ['a'], kind: 'query' }, never);
    await expect(asking).rejects.toMatchObject({ code: 'model-unavailable', problem: 'refused' });
  });

  test('closes the connection when cancelled, with the reason', async () => {
    const cancel = new AbortController();
    const asked = Promise.withResolvers<Exchange>();
    server.answer((exchange) => asked.resolve(exchange));
    const asking = create(server.url).embed({ texts: TEXTS, kind: 'document' }, cancel.signal);
    const { closed } = await asked.promise;
    const reason = new Error('enough');
    cancel.abort(reason);
    await expect(asking).rejects.toBe(reason);
    await closed;
  });
});
