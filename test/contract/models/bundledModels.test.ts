import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type * as providerModels from '../../../src/engine/models/providerModels.ts';
import { buildProduct, type BuiltProduct } from '../../architecture/rules/builtProduct.ts';
import { ModelServer } from '../../support/modelServer.ts';
import { anthropicWire, openaiWire } from '../../support/modelWire.ts';
import { silentLogger } from '../../support/silentLogger.ts';
import { collect, question } from './providers.ts';

let product: BuiltProduct;
let server: ModelServer;

beforeAll(async () => {
  product = await buildProduct();
  server = await ModelServer.start();
});

afterAll(async () => {
  product.remove();
  await server.close();
});

/** The bundle holds all that it needs. */
describe.each([
  ['openai', openaiWire],
  ['anthropic', anthropicWire],
] as const)('the bundled adapter of %s', (provider, wire) => {
  const ask = () => {
    const require = createRequire(join(product.folder, 'dist/'));
    const { createProviderModels } = require('./models.js') as typeof providerModels;
    const access = { provider, model: 'model-1', baseUrl: `${server.url}/v1`, apiKey: 'key' };
    const { chat } = createProviderModels(silentLogger).get(access);
    return collect(chat.stream(question, new AbortController().signal));
  };

  test('streams an answer', async () => {
    server.answer(async (exchange) => {
      exchange.begin();
      await exchange.send(wire.opening + wire.text('Hello'));
      await exchange.send(wire.closing());
      exchange.end();
    });
    expect(await ask()).toMatchObject({ text: 'Hello', error: undefined });
  });

  test('reports a refusal', async () => {
    server.answer(({ response }) => {
      response.writeHead(429, { 'content-type': 'application/json', 'retry-after': '3600' });
      response.end(wire.errorBody('rate_limit_error', 'slow down'));
    });
    expect((await ask()).error).toMatchObject({ code: 'model-rate-limit', retryAfterMs: 3_600_000 });
  });

  test('reports a broken event and a broken connection', async () => {
    server.answer(
      async (exchange) => {
        exchange.begin();
        await exchange.send(`${wire.opening}event: message_delta\ndata: {"\n\n`);
        exchange.end();
      },
      async (exchange) => {
        exchange.begin();
        await exchange.send(wire.opening + wire.text('part'));
        exchange.cut();
      },
    );
    expect((await ask()).error).toMatchObject({ code: 'model-response' });
    expect(await ask()).toMatchObject({ text: 'part', error: { code: 'model-cut-off' } });
  });
});
