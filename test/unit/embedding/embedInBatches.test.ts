import { beforeEach, describe, expect, test, vi } from 'vitest';
import { AdaptiveConcurrency } from '../../../src/core/embedding/adaptiveConcurrency.ts';
import { BatchSize } from '../../../src/core/embedding/batchSize.ts';
import { embedInBatches, type BatchEmbedding } from '../../../src/core/embedding/embedInBatches.ts';
import {
  ModelAuthError,
  ModelCutOffError,
  ModelRateLimitError,
  ModelRequestError,
  ModelTimeoutError,
  ModelUnavailableError,
} from '../../../src/core/errors/modelErrors.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { FakeEmbeddingModel, type Reply } from './fakeEmbeddingModel.ts';

const texts = Array.from({ length: 20 }, (_, at) => String.fromCharCode(97 + at).repeat(at + 1));

/** Looks again at once: the clock is a fake one. */
const SOON = { interval: 1 };

let clock: FakeClock;
let vectors: (Float32Array | undefined)[];
let waits: [code: string, delayMs: number][];

beforeEach(() => {
  clock = new FakeClock();
  vectors = texts.map(() => undefined);
  waits = [];
});

function start(model: FakeEmbeddingModel, options: Partial<BatchEmbedding> = {}): Promise<void> {
  return embedInBatches(texts, {
    model,
    clock,
    signal: new AbortController().signal,
    concurrency: new AdaptiveConcurrency(),
    size: new BatchSize(),
    onVectors: (from, batch) => {
      batch.forEach((vector, at) => (vectors[from + at] = vector));
      return Promise.resolve();
    },
    onWaiting: (error, delayMs) => waits.push([error.code, delayMs]),
    ...options,
  });
}

const all = texts.map((text) => Float32Array.of(text.length, text.charCodeAt(0)));
const failing = (error: Error, ...requests: number[]) =>
  new FakeEmbeddingModel((request): Reply => (requests.includes(request) ? error : undefined));

describe('embedding many texts', () => {
  test('passes on the vector of each, for documents', async () => {
    const model = new FakeEmbeddingModel();
    await start(model);
    expect(vectors).toEqual(all);
    expect(new Set(model.requests.map(({ kind }) => kind))).toEqual(new Set(['document']));
  });

  test('begins with two requests at a time and asks for more as it goes well', async () => {
    const model = new FakeEmbeddingModel(() => new Promise((resolve) => setImmediate(resolve)));
    await start(model);
    expect(model.mostRunning).toBeGreaterThan(2);
    expect(model.mostRunning).toBeLessThanOrEqual(8);
  });

  test('waits as long as the provider asks, and loses nothing', async () => {
    const done = start(failing(new ModelRateLimitError('host', 'busy', 30_000), 1));
    await vi.waitUntil(() => clock.pending === 1);
    clock.advance(29_999);
    expect(vectors.filter((vector) => vector === undefined)).toHaveLength(2);
    clock.advance(1);
    await done;
    expect(vectors).toEqual(all);
    expect(waits).toEqual([['model-rate-limit', 30_000]]);
  });

  test('waits longer each time for a server that is down', async () => {
    const done = start(failing(new ModelUnavailableError('host', 'refused'), 0, 10, 11));
    for (const delayMs of [5_000, 10_000, 20_000]) {
      await vi.waitUntil(() => clock.pending === 1);
      clock.advance(delayMs);
    }
    await done;
    expect(vectors).toEqual(all);
    expect(waits.map(([, delayMs]) => delayMs)).toEqual([5_000, 10_000, 20_000]);
  });

  test('gives up where waiting does not help, and keeps what had arrived', async () => {
    const error = new ModelAuthError('host', 'refused');
    await expect(start(failing(error, 3))).rejects.toBe(error);
    expect(vectors.filter((vector) => vector !== undefined).length).toBeGreaterThanOrEqual(6);
    expect(waits).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  test('stops at once when it is cancelled while it waits', async () => {
    const cancel = new AbortController();
    const done = start(failing(new ModelUnavailableError('host', 'paused'), 0), { signal: cancel.signal });
    await vi.waitUntil(() => clock.pending === 1);
    const reason = new Error('enough');
    cancel.abort(reason);
    await expect(done).rejects.toBe(reason);
    expect(clock.pending).toBe(0);
  });

  test('fails when vectors cannot be kept: nobody wants to pay for more', async () => {
    const full = new Error('disk full');
    const model = new FakeEmbeddingModel();
    await expect(start(model, { onVectors: () => Promise.reject(full) })).rejects.toBe(full);
    expect(model.requests.length).toBeLessThanOrEqual(3);
  });
});

describe('what is under way when another request fails for good', () => {
  test('still arrives: it is paid for', async () => {
    const late = Promise.withResolvers<undefined>();
    const error = new ModelAuthError('host', 'refused');
    const model = new FakeEmbeddingModel((request) => (request === 0 ? late.promise : error));
    const done = start(model);
    await vi.waitUntil(() => clock.pending === 1);
    late.resolve(undefined);
    await expect(done).rejects.toBe(error);
    expect(vectors.slice(0, 2)).toEqual(all.slice(0, 2));
    expect(clock.pending).toBe(0);
  });

  test('is not waited for without end, and nothing more is sent', async () => {
    const error = new ModelAuthError('host', 'refused');
    const model = new FakeEmbeddingModel((request) => (request === 0 ? new Promise(() => undefined) : error));
    const done = start(model);
    await vi.waitUntil(() => clock.pending === 1);
    clock.advance(60_000);
    await expect(done).rejects.toBe(error);
    expect(model.requests).toHaveLength(2);
  });

  test('does not go on waiting for a provider that is busy', async () => {
    const error = new ModelAuthError('host', 'refused');
    const busy = new ModelRateLimitError('host', 'busy', 30_000);
    await expect(start(new FakeEmbeddingModel((at) => [busy, error][at]))).rejects.toBe(error);
    expect(clock.pending).toBe(0);
  });
});

test('a rest that is asked for until the end of days is cut short', async () => {
  const done = start(failing(new ModelRateLimitError('host', 'busy', 80 * 365 * 86_400_000), 0));
  await vi.waitUntil(() => clock.pending === 1);
  clock.advance(15 * 60_000);
  await done;
  expect(vectors).toEqual(all);
});

describe('a request that is too large', () => {
  const tooLarge = new ModelRequestError('host', 'model', 'too-large', 413, '');

  test('is cut in two, and so are those that follow, without asking', async () => {
    const model = new FakeEmbeddingModel((_, { texts: asked }) => (asked.length > 1 ? tooLarge : undefined));
    await start(model, { concurrency: oneAtATime() });
    expect(vectors).toEqual(all);
    expect(model.requests.filter(({ texts: asked }) => asked.length > 1)).toHaveLength(1);
  });

  test('for one text in it is cut for that text alone, which is shortened until it fits', async () => {
    const long = 'word '.repeat(80);
    const model = new FakeEmbeddingModel((_, { texts: asked }) =>
      asked.some((text) => text.length > 250) ? tooLarge : undefined,
    );
    const size = new BatchSize();
    const got: number[] = [];
    await embedInBatches([long, 'b', 'c', 'd'], {
      ...{ model, clock, size, concurrency: oneAtATime(), signal: new AbortController().signal },
      onWaiting: () => expect.unreachable(),
      onVectors: (from, batch) => {
        got.push(...batch.map((_, at) => from + at));
        return Promise.resolve();
      },
    });
    expect(got.toSorted()).toEqual([0, 1, 2, 3]);
    expect(size.most).toBe(Infinity);
  });

  test('is not taken for another mistake', async () => {
    const mistake = new ModelRequestError('host', 'model', 'request', 400, 'unknown field dimensions');
    const model = failing(mistake, 0);
    await expect(start(model, { concurrency: oneAtATime() })).rejects.toBe(mistake);
    expect(model.requests).toHaveLength(1);
  });

  test('is cut in two also when the server only breaks down over it, and nothing is learnt from that', async () => {
    const model = new FakeEmbeddingModel((_, { texts: asked }) =>
      asked.length > 2 ? new ModelUnavailableError('host', 'failed') : undefined,
    );
    const size = new BatchSize();
    const done = start(model, { concurrency: oneAtATime(), size });
    let isDone = false;
    void done.then(() => (isDone = true));
    await vi.waitUntil(() => {
      clock.advance(120_000);
      return isDone;
    }, SOON);
    expect(vectors).toEqual(all);
    expect(model.requests.length).toBeLessThan(8 * texts.length);
    expect(size.most).toBe(Infinity);
  });

  test.each([
    ['500 and its kin', new ModelUnavailableError('host', 'failed')],
    ['connections that break', new ModelUnavailableError('host', 'interrupted')],
    ['503 without a word', new ModelUnavailableError('host', 'overloaded')],
    ['bodies that end too soon', new ModelCutOffError('host', 0)],
    ['silence', new ModelTimeoutError('host', 'first-token', 90_000)],
  ])('is not sent for ever when the server breaks down over one text each time: %s', async (_, breakdown) => {
    const model = new FakeEmbeddingModel((_request, { texts: asked }) =>
      asked.includes(texts[7]!) ? breakdown : undefined,
    );
    let outcome: unknown;
    void start(model, { concurrency: oneAtATime() }).catch((error: unknown) => (outcome = error));
    await vi.waitUntil(() => {
      clock.advance(120_000);
      return outcome !== undefined;
    }, SOON);
    expect(outcome).toBe(breakdown);
    const alone = model.requests.filter(({ texts: asked }) => asked.length === 1 && asked[0] === texts[7]);
    expect(alone.length).toBeGreaterThanOrEqual(3);
    expect(model.requests.length).toBeLessThan(3 * texts.length);
    expect(vectors.filter((vector) => vector !== undefined).length).toBeGreaterThan(2);
  });

  test.each(['refused', 'dns'] as const)(
    'is sent as long as it takes while the server is away: %s',
    async (problem) => {
      let requests = 0;
      const model = new FakeEmbeddingModel(() =>
        ++requests < 40 ? new ModelUnavailableError('host', problem) : undefined,
      );
      let isDone = false;
      void start(model, { concurrency: oneAtATime() }).then(() => (isDone = true));
      await vi.waitUntil(() => {
        clock.advance(120_000);
        return isDone;
      });
      expect(vectors).toEqual(all);
    },
  );

  test('is given up for a text so short that its length cannot be what is wrong', async () => {
    const model = new FakeEmbeddingModel(() => tooLarge);
    await expect(start(model, { concurrency: oneAtATime() })).rejects.toBe(tooLarge);
    expect(model.requests.length).toBeLessThan(8);
  });

  test('may be what keeps a slow server from answering in time', async () => {
    const slow = new ModelTimeoutError('host', 'first-token', 90_000);
    const model = new FakeEmbeddingModel((_, { texts: asked }) => (asked.length > 1 ? slow : undefined));
    const done = start(model, { concurrency: oneAtATime() });
    await vi.waitUntil(() => clock.pending === 1);
    clock.advance(5_000);
    await done;
    expect(vectors).toEqual(all);
    expect(waits).toEqual([['model-timeout', 5_000]]);
  });
});

function oneAtATime(): AdaptiveConcurrency {
  const concurrency = new AdaptiveConcurrency();
  concurrency.throttled();
  return concurrency;
}

describe('concurrency', () => {
  test('grows by one a round up to eight and is halved when throttled, never below one', () => {
    const concurrency = new AdaptiveConcurrency();
    const succeed = (times: number) => {
      for (let time = 0; time < times; time++) concurrency.succeeded();
    };
    expect(concurrency.limit).toBe(2);
    succeed(1);
    expect(concurrency.limit).toBe(2);
    succeed(1);
    expect(concurrency.limit).toBe(3);
    succeed(100);
    expect(concurrency.limit).toBe(8);
    concurrency.throttled();
    expect(concurrency.limit).toBe(4);
    for (let time = 0; time < 5; time++) concurrency.throttled();
    expect(concurrency.limit).toBe(1);
  });
});
