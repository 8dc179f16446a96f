import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ModelServer } from '../../support/modelServer.ts';
import { collect, providers, question } from './providers.ts';

let server: ModelServer;

beforeEach(async () => {
  server = await ModelServer.start();
});

afterEach(() => server.close());

describe.each(providers)('$name, when cancelled', ({ wire, create }) => {
  /** Nothing else would ever close it: the server goes on, and an adapter has no deadlines of its own. */
  const closes = async () => {
    await server.exchanges[0]?.closed;
    expect(server.openConnections).toBe(0);
  };

  test('in the middle of an answer, closes the connection', async () => {
    server.answer(async (exchange) => {
      exchange.begin();
      await exchange.send(wire.opening + wire.text('a'));
    });
    const controller = new AbortController();
    const stream = create(server.url).stream(question, controller.signal)[Symbol.asyncIterator]();
    // The counts of the prompt may come first.
    let first = await stream.next();
    if (first.done !== true && first.value.type === 'usage') first = await stream.next();
    expect(first).toMatchObject({ value: { text: 'a' } });
    const pending = stream.next();
    controller.abort();
    await expect(pending).rejects.toBe(controller.signal.reason);
    await closes();
  });

  test('while nothing has been answered, closes the connection', async () => {
    const arrived = Promise.withResolvers<undefined>();
    server.answer(() => arrived.resolve(undefined));
    const controller = new AbortController();
    const result = collect(create(server.url).stream(question, controller.signal));
    await arrived.promise;
    controller.abort();
    expect((await result).error).toBe(controller.signal.reason);
    await closes();
  });

  test('by reading no further, closes the connection', async () => {
    server.answer(async (exchange) => {
      exchange.begin();
      await exchange.send(wire.opening + wire.text('a') + wire.text('b'));
    });
    const never = new AbortController().signal;
    for await (const part of create(server.url).stream(question, never)) {
      if (part.type === 'usage') continue;
      expect(part).toEqual({ type: 'text', text: 'a' });
      break;
    }
    await closes();
  });

  test('before it began, sends nothing', async () => {
    const reason = new Error('never mind');
    const { error } = await collect(create(server.url).stream(question, AbortSignal.abort(reason)));
    expect(error).toBe(reason);
    expect(server.exchanges).toHaveLength(0);
  });
});
