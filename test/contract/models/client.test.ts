import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { CallEvent } from '../../../src/core/models/callEvent.ts';
import { chatPolicy } from '../../../src/core/models/callPolicy.ts';
import { ModelClient } from '../../../src/core/models/modelClient.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { ModelServer, type Answer } from '../../support/modelServer.ts';
import { collect, KEY, providers, question } from './providers.ts';

let server: ModelServer;
let clock: FakeClock;
let events: CallEvent[];

beforeEach(async () => {
  server = await ModelServer.start();
  clock = new FakeClock();
  events = [];
});

afterEach(() => server.close());

const happened = (type: CallEvent['type']) =>
  vi.waitFor(() => expect(events.map((event) => event.type)).toContain(type));

describe.each(providers)('the client over $name', ({ wire, create }) => {
  const ask = (signal = new AbortController().signal) => {
    const client = new ModelClient({ clock, random: () => 0.5, observe: (event) => events.push(event) });
    const model = create(server.url, { now: () => clock.now() });
    return collect(client.chat(model, chatPolicy).stream(question, signal));
  };

  const says =
    (...texts: readonly string[]): Answer =>
    async (exchange) => {
      exchange.begin();
      await exchange.send(wire.opening + texts.map((text) => wire.text(text)).join('') + wire.closing());
      exchange.end();
    };

  const refuses =
    (status: number, headers: Readonly<Record<string, string>> = {}): Answer =>
    ({ response }) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(wire.errorBody('api_error', `echo ${KEY}`));
    };

  test('recovers from an internal error', async () => {
    server.answer(refuses(500), says('fine'));
    const result = ask();
    await happened('retrying');
    expect(events.at(-1)).toMatchObject({ errorCode: 'model-unavailable', delayMs: 250 });
    clock.advance(250);
    expect(await result).toMatchObject({ text: 'fine', error: undefined });
    expect(server.exchanges).toHaveLength(2);
  });

  test('gives up after as many attempts as the policy allows', async () => {
    server.answer(refuses(529));
    const result = ask();
    for (const [attempt, delayMs] of [250, 500].entries()) {
      await vi.waitFor(() =>
        expect(events.filter(({ type }) => type === 'retrying')).toHaveLength(attempt + 1),
      );
      expect(events.at(-1)).toMatchObject({ delayMs });
      clock.advance(delayMs);
    }
    expect((await result).error).toMatchObject({ problem: 'overloaded' });
    expect(server.exchanges).toHaveLength(3);
  });

  test.each([
    ['seconds', { 'retry-after': '7' }],
    ['a date', { 'retry-after': new Date(1_000_000_000 + 7_000).toUTCString() }],
  ])('waits as long as the endpoint asks, in %s', async (_, headers) => {
    server.answer(refuses(429, headers), says('fine'));
    const result = ask();
    await happened('retrying');
    expect(events.at(-1)).toMatchObject({ errorCode: 'model-rate-limit', delayMs: 7_250 });
    clock.advance(7_249);
    expect(events.filter(({ type }) => type === 'sent')).toHaveLength(1);
    clock.advance(1);
    expect(await result).toMatchObject({ text: 'fine', error: undefined });
    expect(server.exchanges).toHaveLength(2);
  });

  test('does not wait longer than makes sense', async () => {
    server.answer(refuses(429, { 'retry-after': '3600' }));
    expect((await ask()).error).toMatchObject({ code: 'model-rate-limit', retryAfterMs: 3_600_000 });
    expect(server.exchanges).toHaveLength(1);
  });

  test.each([
    ['cut', 'model-cut-off'],
    ['end', 'model-cut-off'],
  ] as const)('never asks again once text has come: %s', async (ending, code) => {
    server.answer(async (exchange) => {
      exchange.begin();
      await exchange.send(wire.opening + wire.text('partly'));
      exchange[ending]();
    }, says('again'));
    expect(await ask()).toMatchObject({ text: 'partly', error: { code } });
    expect(server.exchanges).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  test('asks again when the connection broke before the first text', async () => {
    server.answer(async (exchange) => {
      exchange.begin();
      await exchange.send(wire.opening);
      exchange.cut();
    }, says('fine'));
    const result = ask();
    await happened('retrying');
    clock.advance(1_000);
    expect(await result).toMatchObject({ text: 'fine', error: undefined });
  });

  test('ends a slow loris that sends but never says anything', async () => {
    server.answer(async (exchange) => {
      exchange.begin();
      while (!exchange.socket.destroyed) await exchange.send(': keep-alive\n\n');
    });
    const result = ask();
    await vi.waitFor(() => expect(server.exchanges).toHaveLength(1));
    clock.advance(chatPolicy.firstTokenMs);
    expect((await result).error).toMatchObject({ code: 'model-timeout', deadline: 'first-token' });
    await server.exchanges[0]?.closed;
  });

  test('ends an answer that falls silent, and closes the connection', async () => {
    server.answer(async (exchange) => {
      exchange.begin();
      await exchange.send(wire.opening + wire.text('a'));
    });
    const result = ask();
    await happened('first-token');
    clock.advance(chatPolicy.idleMs);
    expect(await result).toMatchObject({ text: 'a', error: { code: 'model-timeout', deadline: 'idle' } });
    await server.exchanges[0]?.closed;
  });

  test('closes the connection when the call is cancelled', async () => {
    server.answer(async (exchange) => {
      exchange.begin();
      await exchange.send(wire.opening + wire.text('a'));
    });
    const controller = new AbortController();
    const result = ask(controller.signal);
    await happened('first-token');
    controller.abort();
    expect((await result).error).toBe(controller.signal.reason);
    await server.exchanges[0]?.closed;
    expect(events.at(-1)).toMatchObject({ type: 'ended', outcome: 'abandoned' });
  });

  test('logs no keys, questions or answers', async () => {
    server.answer(refuses(500), says('the answer'));
    const result = ask();
    await happened('retrying');
    clock.advance(1_000);
    await result;
    expect(events.map(({ type }) => type)).toEqual([
      'started',
      'sent',
      'retrying',
      'sent',
      'first-token',
      'ended',
    ]);
    expect(JSON.stringify(events)).not.toMatch(/sk-test|What is this|the answer/);
  });
});
