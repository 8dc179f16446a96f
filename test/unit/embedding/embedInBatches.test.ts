import { beforeEach, describe, expect, test, vi } from 'vitest';
import { AdaptiveConcurrency } from '../../../src/core/embedding/adaptiveConcurrency.ts';
import { embedInBatches, type BatchEmbedding } from '../../../src/core/embedding/embedInBatches.ts';
import { ModelAuthError } from '../../../src/core/errors/modelAuthError.ts';
import { ModelRateLimitError } from '../../../src/core/errors/modelRateLimitError.ts';
import { ModelUnavailableError } from '../../../src/core/errors/modelUnavailableError.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { FakeEmbeddingModel, type Reply } from './fakeEmbeddingModel.ts';

const texts = Array.from({ length: 20 }, (_, at) => String.fromCharCode(97 + at).repeat(at + 1));

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
