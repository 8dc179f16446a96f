import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ModelServer } from '../../support/modelServer.ts';
import { collect, providers, question } from './providers.ts';

/** What the providers' own libraries take from the environment. */
const FOREIGN: Readonly<Record<string, string>> = {
  OPENAI_API_KEY: 'foreign-key',
  OPENAI_ADMIN_KEY: 'foreign-key',
  OPENAI_ORG_ID: 'foreign-organization',
  OPENAI_PROJECT_ID: 'foreign-project',
  OPENAI_BASE_URL: 'https://foreign.example',
  OPENAI_CUSTOM_HEADERS: 'X-Foreign: foreign\nAuthorization: Bearer foreign-key',
  ANTHROPIC_API_KEY: 'foreign-key',
  ANTHROPIC_AUTH_TOKEN: 'foreign-token',
  ANTHROPIC_BASE_URL: 'https://foreign.example',
  ANTHROPIC_CUSTOM_HEADERS: 'X-Foreign: foreign\nX-Api-Key: foreign-key',
  ANTHROPIC_PROFILE: 'foreign-profile',
};

let server: ModelServer;

beforeEach(async () => {
  server = await ModelServer.start();
  for (const [name, value] of Object.entries(FOREIGN)) vi.stubEnv(name, value);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await server.close();
});

test.each(providers)('$name sends nothing that the environment holds', async ({ wire, create }) => {
  server.answer(async (exchange) => {
    exchange.begin();
    await exchange.send(wire.opening + wire.closing());
    exchange.end();
  });
  for (const apiKey of ['own-key', '']) {
    const { error } = await collect(
      create(server.url, { apiKey }).stream(question, new AbortController().signal),
    );
    expect(error).toBeUndefined();
  }
  expect(server.exchanges).toHaveLength(2);
  expect(JSON.stringify(server.exchanges.map(({ headers, body }) => [headers, body]))).not.toContain(
    'foreign',
  );
});
