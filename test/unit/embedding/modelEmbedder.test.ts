import { beforeEach, describe, expect, test } from 'vitest';
import { createDocumentEmbedder, createQueryEmbedder } from '../../../src/core/embedding/modelEmbedder.ts';
import { recallOwnDims } from '../../../src/core/embedding/ownDims.ts';
import { ModelAuthError } from '../../../src/core/errors/modelErrors.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { MemoryEmbeddingCache } from '../../support/memoryEmbeddingCache.ts';
import { FakeEmbeddingModel } from './fakeEmbeddingModel.ts';

const unit = (text: string) => {
  const [x, y] = [text.length, text.charCodeAt(0)];
  return [x / Math.hypot(x, y), y / Math.hypot(x, y)];
};
const close = (vector: Float32Array | undefined, text: string) =>
  unit(text).forEach((value, at) => expect(vector?.[at]).toBeCloseTo(value, 5));

let cache: MemoryEmbeddingCache;

beforeEach(() => {
  cache = new MemoryEmbeddingCache();
});

const documents = (model: FakeEmbeddingModel, dims = 2) =>
  createDocumentEmbedder({ model, dims, cache, clock: new FakeClock(), onWaiting: () => undefined });

describe('documents', () => {
  test('get vectors of length 1, each text once', async () => {
    const model = new FakeEmbeddingModel();
    const vectors = await documents(model).embed(['aa', 'b', 'aa']);
    close(vectors[0], 'aa');
    close(vectors[1], 'b');
    expect(vectors[2]).toEqual(vectors[0]);
    expect(model.requests.flatMap(({ texts }) => texts)).toEqual(['aa', 'b']);
  });

  test('are not paid for twice', async () => {
    const model = new FakeEmbeddingModel();
    await documents(model).embed(['aa', 'b']);
    const [again, fresh] = await documents(model).embed(['aa', 'ccc']);
    close(again, 'aa');
    close(fresh, 'ccc');
    expect(model.requests.flatMap(({ texts }) => texts)).toEqual(['aa', 'b', 'ccc']);
  });

  test('of other dims are others', async () => {
    const model = new FakeEmbeddingModel();
    await documents(model).embed(['aa']);
    await expect(documents(model, 3).embed(['aa'])).rejects.toMatchObject({
      problem: 'vectors',
      message: expect.stringContaining('3 finite numbers') as string,
    });
    expect(model.requests).toHaveLength(2);
  });

  test('of other dims than ever before are remembered as what the model makes now', async () => {
    const model = new FakeEmbeddingModel();
    expect(await recallOwnDims(cache, model)).toBeUndefined();
    await expect(documents(model, 3).embed(['aa'])).rejects.toMatchObject({ problem: 'vectors' });
    expect(await recallOwnDims(cache, model)).toBe(2);
  });

  test('that came with one that makes no sense are kept', async () => {
    const model = new FakeEmbeddingModel();
    // Its first character has no number.
    await expect(documents(model).embed(['aa', ''])).rejects.toMatchObject({ problem: 'vectors' });
    const [vector] = await documents(model).embed(['aa']);
    close(vector, 'aa');
    expect(model.requests).toHaveLength(1);
  });

  test('are taken in such numbers that several requests are under way', async () => {
    const model = new FakeEmbeddingModel(() => new Promise((resolve) => setImmediate(resolve)));
    const embedder = documents(model);
    await embedder.embed(Array.from({ length: embedder.textsAtATime ?? 0 }, (_, at) => 'a'.repeat(at + 1)));
    expect(model.mostRunning).toBeGreaterThan(2);
  });

  test('that had arrived before a failure are kept', async () => {
    const failing = new FakeEmbeddingModel((request) =>
      request === 2 ? new ModelAuthError('host', 'refused') : undefined,
    );
    const texts = ['a', 'bb', 'ccc', 'dddd', 'eeeee', 'ffffff'];
    await expect(documents(failing).embed(texts)).rejects.toMatchObject({ code: 'model-auth' });
    const model = new FakeEmbeddingModel();
    const vectors = await documents(model).embed(texts);
    texts.forEach((text, at) => close(vectors[at], text));
    expect(model.requests.flatMap(({ texts: asked }) => asked)).toEqual(['eeeee', 'ffffff']);
  });
});

describe('a question', () => {
  test('is embedded as one, and nothing is kept of it', async () => {
    const model = new FakeEmbeddingModel();
    const [vector] = await createQueryEmbedder({ model, dims: 2 }).embed(['where?']);
    close(vector, 'where?');
    expect(model.requests).toEqual([{ texts: ['where?'], kind: 'query' }]);
    expect(cache.stored.size).toBe(0);
  });

  test('has vectors of the same name as the documents', () => {
    const model = new FakeEmbeddingModel();
    expect(createQueryEmbedder({ model, dims: 2 }).id).toBe(documents(model).id);
  });

  test('with a vector that is no number is not answered', async () => {
    const model = new FakeEmbeddingModel();
    const asking = createQueryEmbedder({ model, dims: 2 }).embed(['']);
    await expect(asking).rejects.toMatchObject({ code: 'model-response' });
  });
});
