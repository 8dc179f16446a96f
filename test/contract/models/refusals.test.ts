import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  ModelAuthError,
  ModelRateLimitError,
  ModelRequestError,
  ModelResponseError,
  ModelUnavailableError,
} from '../../../src/core/errors/modelErrors.ts';
import { describeError } from '../../../src/engine/worker/describeError.ts';
import { ModelServer, type Answer } from '../../support/modelServer.ts';
import { collect, KEY, providers, question, type Settings } from './providers.ts';

let server: ModelServer;

beforeEach(async () => {
  server = await ModelServer.start();
});

afterEach(() => server.close());

describe.each(providers)('$name turns down', ({ wire, create }) => {
  const ask = async (settings?: Settings) => {
    const { error, parts } = await collect(
      create(server.url, settings).stream(question, new AbortController().signal),
    );
    expect(parts).toEqual([]);
    return error as Error;
  };

  const refuses =
    (status: number, type: string, headers: Readonly<Record<string, string>> = {}, message = 'why'): Answer =>
    ({ response }) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(wire.errorBody(type, message));
    };

  test.each([
    [401, 'authentication_error', ModelAuthError, { code: 'model-auth', problem: 'refused' }],
    [403, 'permission_error', ModelAuthError, { problem: 'forbidden' }],
    [402, 'billing_error', ModelRateLimitError, { problem: 'quota', isTransient: false }],
    [429, 'insufficient_quota', ModelRateLimitError, { problem: 'quota', isTransient: false }],
    [429, 'rate_limit_error', ModelRateLimitError, { problem: 'busy', retryAfterMs: undefined }],
    [400, 'invalid_request_error', ModelRequestError, { status: 400, isTransient: false }],
    [404, 'not_found_error', ModelRequestError, { status: 404 }],
    [413, 'request_too_large', ModelRequestError, { status: 413 }],
    [500, 'api_error', ModelUnavailableError, { problem: 'failed', isTransient: true }],
    [503, 'api_error', ModelUnavailableError, { problem: 'overloaded' }],
    [529, 'overloaded_error', ModelUnavailableError, { problem: 'overloaded', isTransient: true }],
  ])('%i %s', async (status, type, expected, fields) => {
    server.answer(refuses(status, type));
    const error = await ask();
    expect(error).toBeInstanceOf(expected);
    expect(error).toMatchObject({ ...fields, endpoint: server.host });
    expect(error.message).toContain(server.host);
    expect(server.exchanges).toHaveLength(1);
  });

  test('401 without a key differently', async () => {
    server.answer(refuses(401, 'authentication_error'));
    expect(await ask({ apiKey: '' })).toMatchObject({ code: 'model-auth', problem: 'missing' });
  });

  test.each([
    ['seconds', { 'retry-after': '7' }, 7_000],
    ['a date', { 'retry-after': 'Mon, 12 Jan 1970 13:46:49 GMT' }, 9_000],
    ['milliseconds', { 'retry-after-ms': '1500', 'retry-after': '1' }, 1_500],
    ['nonsense', { 'retry-after': 'soon' }, undefined],
  ])('429 with a wait in %s', async (_, headers, retryAfterMs) => {
    server.answer(refuses(429, 'rate_limit_error', headers));
    expect(await ask({ now: () => 1_000_000_000 })).toMatchObject({ code: 'model-rate-limit', retryAfterMs });
  });

  test('an unknown model with its name and what the provider says', async () => {
    server.answer(refuses(404, 'not_found_error', {}, 'The model `model-1` does not exist'));
    const { message } = await ask();
    expect(message).toContain('does not know the model model-1');
    expect(message).toContain('The model `model-1` does not exist.');
  });

  test('a body that is no JSON', async () => {
    server.answer(({ response }) => {
      response.writeHead(502, { 'content-type': 'text/html' });
      response.end('<html>Bad gateway</html>');
    });
    expect(await ask()).toMatchObject({ code: 'model-unavailable', problem: 'failed' });
  });

  test('a proxy page with status 200', async () => {
    server.answer(({ response }) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end('<html>Log in</html>');
    });
    const error = await ask();
    expect(error).toBeInstanceOf(ModelResponseError);
    expect(error.message).toContain('text/html');
  });

  test.each([301, 302, 303, 307, 308])(
    'attack: a redirect with %i to another port gets neither key nor question',
    async (status) => {
      const elsewhere = await ModelServer.start();
      server.answer(({ response }) => {
        response.writeHead(status, { location: `${elsewhere.url}/v1/${KEY}` }).end();
      });
      const error = await ask();
      expect(error).toMatchObject({ code: 'model-response', problem: 'redirect' });
      expect(describeError(error)).not.toContain(KEY);
      expect(elsewhere.exchanges).toHaveLength(0);
      await elsewhere.close();
    },
  );

  test.each([`https://${KEY}.example.com/`, `//user:${KEY}@example.com`, `javascript:${KEY}`, KEY])(
    'attack: a redirect to %s says nothing of the key',
    async (location) => {
      server.answer(({ response }) => {
        response.writeHead(302, { location }).end();
      });
      expect(describeError(await ask())).not.toMatch(new RegExp(KEY, 'i'));
    },
  );

  test('attack: a content type that repeats the key does not get into the message', async () => {
    server.answer(({ response }) => {
      response.writeHead(200, { 'content-type': `text/${KEY}` }).end('');
    });
    const error = await ask();
    expect(error).toMatchObject({ code: 'model-response', problem: 'content-type' });
    expect(describeError(error)).not.toContain(KEY);
  });

  test('a redirect, and never follows it', async () => {
    const elsewhere = await ModelServer.start();
    server.answer(({ response }) => {
      response.writeHead(307, { location: `${elsewhere.url}/v1/chat/completions?secret=1` });
      response.end();
    });
    const error = await ask();
    expect(error).toMatchObject({ code: 'model-response', problem: 'redirect' });
    expect(error.message).toContain(elsewhere.url);
    expect(error.message).not.toContain('secret');
    expect(elsewhere.exchanges).toHaveLength(0);
    await elsewhere.close();
  });

  test.each([
    ['401', (key: string) => refuses(401, 'authentication_error', {}, `Incorrect key ${key}`)],
    [
      '400',
      (key: string) => refuses(400, 'bad', {}, `Cannot read ${key} or sk-test-****cdef, Bearer ${key}`),
    ],
    ['403', (key: string) => refuses(403, 'permission_error', {}, key)],
    ['500', (key: string) => refuses(500, 'api_error', { 'x-echo': key }, key)],
    ['400 and a part', (key: string) => refuses(400, 'bad', {}, `You sent ${key.slice(0, 9)}… as the key`)],
    [
      '400 and its URL',
      (key: string) => refuses(400, 'bad', {}, `/v1/models?key=${encodeURIComponent(key)}`),
    ],
    ['403 in base64', (key: string) => refuses(403, 'bad', {}, btoa(key))],
  ])('attack: %s without repeating the key anywhere', async (_, answer) => {
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const log = ['log', 'info', 'warn', 'error', 'debug'].map((name) =>
      vi.spyOn(console, name as 'log').mockReturnValue(undefined),
    );
    server.answer(answer(KEY));
    const error = await ask({ headers: { 'x-gateway': 'gateway-secret' } });
    expect(JSON.stringify(error) + describeError(error)).not.toMatch(/sk-test|gateway-secret/);
    for (const spy of [write, ...log]) {
      expect(spy).not.toHaveBeenCalled();
      spy.mockRestore();
    }
  });

  test.each(['sk-with space', 'sk-with\nbreak', 'sk-ünicode'])(
    'the key %j, which cannot be sent, without repeating it',
    async (apiKey) => {
      const error = await ask({ apiKey });
      expect(error).toMatchObject({ code: 'model-auth', problem: 'malformed' });
      expect(describeError(error)).not.toContain('sk-');
      expect(server.exchanges).toHaveLength(0);
    },
  );

  test('a header that cannot be sent, by its name alone', async () => {
    const error = await ask({ headers: { 'x-gateway': 'gateway\nsecret' } });
    expect(error).toMatchObject({ code: 'model-endpoint', problem: 'header' });
    expect(error.message).toContain('x-gateway');
    expect(describeError(error)).not.toContain('secret');
  });
});
