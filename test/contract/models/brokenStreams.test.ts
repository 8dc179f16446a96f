import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { describeError } from '../../../src/engine/worker/describeError.ts';
import { ModelServer, type Answer } from '../../support/modelServer.ts';
import { collect, KEY, providers, question, type Settings } from './providers.ts';

let server: ModelServer;

beforeEach(async () => {
  server = await ModelServer.start();
});

afterEach(() => server.close());

describe.each(providers)('$name notices', ({ wire, create }) => {
  const never = new AbortController().signal;
  const ask = (settings?: Settings) => collect(create(server.url, settings).stream(question, never));
  const half = (text: string) => text.slice(0, Math.floor(text.length / 2));

  const says =
    (ending: 'end' | 'cut', ...pieces: readonly string[]): Answer =>
    async (exchange) => {
      exchange.begin();
      for (const piece of pieces) await exchange.send(piece);
      exchange[ending]();
    };

  test.each([
    ['a connection cut in the middle of an event', 'cut', (text: string) => half(wire.text(text))],
    ['a connection cut between events', 'cut', () => ''],
    ['an answer that just ends between events', 'end', () => ''],
  ] as const)('%s, and keeps what came before', async (_, ending, last) => {
    const pieces = [wire.opening, wire.text('Hello'), wire.text(' wor'), last('ld')].filter(Boolean);
    server.answer(says(ending, ...pieces));
    const { text, error } = await ask();
    expect(text).toBe('Hello wor');
    expect(error).toMatchObject({ code: 'model-cut-off', receivedLength: 9, isTransient: true });
  });

  test('an event cut short by an orderly end', async () => {
    server.answer(says('end', wire.opening, wire.text('Hello'), half(wire.text(' world'))));
    const { text, error } = await ask();
    expect(text).toBe('Hello');
    expect((error as { code: string }).code).toMatch(/^model-(cut-off|response)$/);
  });

  test('a cut before the first text', async () => {
    server.answer(says('cut', wire.opening));
    expect(await ask()).toMatchObject({ text: '', error: { code: 'model-cut-off', receivedLength: 0 } });
  });

  test('a connection cut before any answer', async () => {
    server.answer((exchange) => exchange.cut());
    expect((await ask()).error).toMatchObject({ code: 'model-unavailable', problem: 'interrupted' });
  });

  test('no harm in a cut after the reason to end', async () => {
    const closing = wire.closing({ usage: false }).replace(/(data: \[DONE\]|event: message_stop)[^]*$/, '');
    server.answer(says('cut', wire.opening, wire.text('whole'), closing));
    expect(await ask()).toMatchObject({ text: 'whole', error: undefined });
  });

  test.each([
    ['broken JSON', 'event: message_delta\ndata: {"choices": [\n\n'],
    ['JSON of another shape', 'event: content_block_delta\ndata: {"type": 7, "choices": "none"}\n\n'],
    ['JSON that is no object', 'event: message_stop\ndata: 42\n\n'],
  ])('%s', async (_, event) => {
    server.answer(says('end', wire.opening, wire.text('a'), event, wire.text('b'), wire.closing()));
    const { text, error } = await ask();
    expect(text).toBe('a');
    expect(error).toMatchObject({ code: 'model-response', problem: 'malformed' });
  });

  test.each([
    ['overloaded_error', { code: 'model-unavailable', problem: 'overloaded' }],
    ['rate_limit_error', { code: 'model-rate-limit' }],
    ['api_error', { code: 'model-unavailable', problem: 'failed' }],
    ['invalid_request_error', { code: 'model-request', status: undefined }],
  ])('the error %s in the middle of an answer', async (type, expected) => {
    server.answer(says('end', wire.opening, wire.text('a'), wire.error(type, `failed with ${KEY}`)));
    const { text, error } = await ask();
    expect(text).toBe('a');
    expect(error).toMatchObject(expected);
    expect(describeError(error)).not.toContain(KEY);
  });

  test('an answer without end', async () => {
    server.answer(async (exchange) => {
      exchange.begin();
      await exchange.send(wire.opening + wire.text('a'));
      while (!exchange.socket.destroyed) await exchange.send(`data: ${'x'.repeat(10_000)}`);
    });
    const { text, error } = await ask({ maxResponseBytes: 1_000_000 });
    expect(text).toBe('a');
    expect(error).toMatchObject({ code: 'model-response', problem: 'too-large' });
    await server.exchanges[0]?.closed;
  });
});

describe.each(providers)('$name says what is wrong when', ({ create }) => {
  const fail = async (url: string) =>
    (await collect(create(url).stream(question, new AbortController().signal))).error;

  test('nothing listens', async () => {
    const gone = await ModelServer.start();
    const { url, host } = gone;
    await gone.close();
    const error = await fail(url);
    expect(error).toMatchObject({ code: 'model-unavailable', problem: 'refused', endpoint: host });
    expect(error).toMatchObject({ isTransient: true });
  });

  test('the certificate is not trusted', async () => {
    const secure = await ModelServer.start({ tls: true });
    expect(await fail(secure.url)).toMatchObject({
      code: 'model-unavailable',
      problem: 'tls',
      isTransient: false,
    });
    expect(secure.exchanges).toHaveLength(0);
    await secure.close();
  });

  test('TLS is spoken to a server that has none', async () => {
    expect(await fail(server.url.replace('http:', 'https:'))).toMatchObject({
      code: 'model-unavailable',
      problem: 'not-tls',
    });
  });
});
