import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { TouchstoneError } from '../../../src/core/errors/touchstoneError.ts';
import { chatPolicy, type CallPolicy } from '../../../src/core/models/callPolicy.ts';
import { ModelClient } from '../../../src/core/models/modelClient.ts';
import { systemClock } from '../../../src/core/async/systemClock.ts';
import { ModelServer, type Answer, type Exchange } from '../../support/modelServer.ts';
import { collect, providers, question } from './providers.ts';

const policy: CallPolicy = {
  ...chatPolicy,
  firstTokenMs: 60,
  idleMs: 60,
  totalMs: 400,
  attempts: 2,
  backoffMs: 5,
  maxBackoffMs: 5,
};

/** Faults at any byte: what is sent of a whole answer, in which pieces, with which garbage in between, and how it ends. */
const fault = fc.record({
  texts: fc.array(fc.string({ minLength: 1, unit: 'binary' }), { maxLength: 5 }),
  sent: fc.double({ min: 0, max: 1, noNaN: true }),
  pieces: fc.integer({ min: 1, max: 6 }),
  garbage: fc.option(fc.uint8Array({ minLength: 1, maxLength: 40 }), { freq: 4 }),
  ending: fc.constantFrom('end', 'cut', 'hang'),
  status: fc.option(fc.constantFrom(301, 400, 401, 404, 408, 429, 500, 503, 529), { freq: 5 }),
  cancelAfterParts: fc.option(fc.integer({ min: 1, max: 3 }), { freq: 5 }),
});

let server: ModelServer;

beforeAll(async () => {
  server = await ModelServer.start();
});

afterAll(() => server.close());

describe.each(providers)('the client over $name, whatever goes wrong', ({ wire, create }) => {
  const play =
    (bytes: Buffer, { pieces, garbage, ending, status }: Fault): Answer =>
    async (exchange) => {
      if (status !== null) {
        exchange.response.writeHead(status).end(wire.errorBody('api_error', 'why'));
        return;
      }
      exchange.begin();
      const size = Math.ceil(bytes.length / pieces) || 1;
      for (let start = 0; start < bytes.length; start += size) {
        await exchange.send(bytes.subarray(start, start + size));
        if (garbage && start === 0) await exchange.send(garbage);
      }
      if (ending === 'end') exchange.end();
      if (ending === 'cut') exchange.cut();
    };

  type Fault = typeof fault extends fc.Arbitrary<infer T> ? T : never;

  test('ends in time with the whole answer or an error that says why, and passes on nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(fault, async (each) => {
        const expected = each.texts.join('');
        const whole = Buffer.from(
          wire.opening + each.texts.map((text) => wire.text(text)).join('') + wire.closing(),
        );
        server.answer(play(whole.subarray(0, Math.round(whole.length * each.sent)), each));
        const client = new ModelClient({ clock: systemClock, random: Math.random });
        const controller = new AbortController();
        const stream = client.chat(create(server.url), policy).stream(question, controller.signal);
        const { text, parts, error } = await collect(cancelling(stream, controller, each.cancelAfterParts));
        if (!each.garbage) expect(expected.startsWith(text)).toBe(true);
        if (error === undefined) {
          expect(parts.at(-1)).toMatchObject({ type: 'done' });
          if (!each.garbage) expect(text).toBe(expected);
        } else if (!controller.signal.aborted) {
          expect(error).toBeInstanceOf(TouchstoneError);
        } else {
          expect(error).toBe(controller.signal.reason);
        }
      }),
      { numRuns: 120, seed: 20261120 },
    );
    // The only connections left are those whose answers were read to the end.
    const isLeft = ({ response, socket }: Exchange) => !response.writableFinished && !socket.destroyed;
    await vi.waitFor(() => expect(server.exchanges.filter(isLeft)).toEqual([]));
  });
});

async function* cancelling<T>(parts: AsyncIterable<T>, controller: AbortController, after: number | null) {
  let count = 0;
  for await (const part of parts) {
    yield part;
    if (++count === after) controller.abort();
  }
}
