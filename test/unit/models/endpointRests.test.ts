import { expect, test, vi } from 'vitest';
import { batchPolicy, queryEmbeddingPolicy } from '../../../src/core/models/callPolicy.ts';
import { ModelClient } from '../../../src/core/models/modelClient.ts';
import { ModelRateLimitError, ModelUnavailableError } from '../../../src/core/errors/modelErrors.ts';
import type { EmbeddingModel } from '../../../src/core/ports/models.ts';
import { createThreadRests } from '../../../src/engine/models/threadRests.ts';
import { FakeClock } from '../../support/fakeClock.ts';

const endpoint = 'provider.test';
const request = { texts: ['x'], kind: 'document' } as const;
const once = { ...batchPolicy, attempts: 1 };

function modelThat(fails: () => Error, onSend = () => undefined): EmbeddingModel {
  return {
    id: 'm',
    endpoint,
    limits: { texts: 1, tokens: 100, tokensPerText: 100 },
    embed: () => {
      onSend();
      return Promise.reject(fails());
    },
  };
}

function twoClients() {
  const clock = new FakeClock();
  // Two ends of the channel, as two workers have them.
  const create = () => new ModelClient({ clock, random: () => 0.5, rests: createThreadRests() });
  return { clock, indexer: create(), query: create() };
}

const signal = new AbortController().signal;

test('an endpoint that asks one client for a rest is left alone by the other, until it is over', async () => {
  const { clock, indexer, query } = twoClients();
  const busy = modelThat(() => new ModelRateLimitError(endpoint, 'busy', 20_000));
  const onSend = vi.fn(() => undefined);
  const model = modelThat(() => new Error('sent'), onSend);
  const asked = query.embedding(model, { ...queryEmbeddingPolicy, attempts: 1 });
  await expect(indexer.embedding(busy, once).embed(request, signal)).rejects.toThrow(ModelRateLimitError);
  await vi.waitFor(() => expect(asked.embed(request, signal)).rejects.toThrow(ModelRateLimitError), {
    timeout: 60_000,
  });
  onSend.mockClear();
  await expect(asked.embed(request, signal)).rejects.toThrow('Wait 20 s');
  expect(onSend).not.toHaveBeenCalled();
  clock.advance(20_001);
  await expect(asked.embed(request, signal)).rejects.toThrow('sent');
});

test('an endpoint that failed one client too often is left alone by the other', async () => {
  const { indexer, query } = twoClients();
  const down = modelThat(() => new ModelUnavailableError(endpoint, 'failed'));
  const embedder = indexer.embedding(down, once);
  for (let outage = 0; outage < 5; outage++) {
    await expect(embedder.embed(request, signal)).rejects.toThrow(ModelUnavailableError);
  }
  const model = modelThat(() => new Error('sent'));
  const asked = query.embedding(model, once);
  await vi.waitFor(() => expect(asked.embed(request, signal)).rejects.toMatchObject({ problem: 'paused' }), {
    timeout: 60_000,
  });
});
