import { expect, test } from 'vitest';
import { fixedMethod } from '../../../src/core/indexing/vectors/embeddingMethod.ts';
import { OpenEmbedder } from '../../../src/core/indexing/vectors/openEmbedder.ts';
import type { VectorSet } from '../../../src/core/ports/indexStore.ts';
import { NO_VECTORS, type Embedder, type VectorVersion } from '../../../src/core/ports/vectors.ts';
import { DenseReader } from '../../../src/engine/workspace/denseReader.ts';
import { MemoryIndexStore } from '../../support/memoryIndexStore.ts';

const embedder: Embedder = {
  id: 'fake',
  dims: 2,
  embed: (texts) => Promise.resolve(texts.map((text) => Float32Array.of(text === '' ? 0 : 1, 0))),
};

function reader() {
  const loads: VectorVersion[] = [];
  const dense = new DenseReader({
    embedders: new OpenEmbedder(fixedMethod(embedder), new MemoryIndexStore()),
    vectors: {
      reader: () => ({
        refresh: (version) => Promise.resolve(void loads.push(version)),
        close: () => Promise.resolve(void loads.push(NO_VECTORS)),
        query: () =>
          Promise.resolve(['a.ts', 'b.ts'].map((path, ordinal) => ({ path, ordinal, score: 1 - ordinal }))),
      }),
    },
  });
  const paths = async (text = 'words') =>
    (await dense.nearest(text, 5, new AbortController().signal)).map(({ path }) => path);
  return { dense, loads, paths };
}

const set = (rest: Partial<VectorSet> = {}): VectorSet => ({
  ...{ method: 'fake', embedder: 'fake', dims: 2, version: 'first', pending: new Set() },
  ...rest,
});

test('finds nothing before a set serves, nor for a text that says nothing', async () => {
  const { dense, paths } = reader();
  expect(await paths()).toEqual([]);
  await dense.catchUp({ vectors: { next: set() } });
  expect(await paths()).toEqual([]);
  await dense.catchUp({ vectors: { serving: set() } });
  expect(await paths()).toEqual(['a.ts', 'b.ts']);
  expect(await paths('')).toEqual([]);
});

test('believes nothing of files whose vectors are pending', async () => {
  const { dense, paths } = reader();
  await dense.catchUp({ vectors: { serving: set({ pending: new Set(['a.ts']) }) } });
  expect(await paths()).toEqual(['b.ts']);
  await dense.catchUp({ vectors: { serving: set() } });
  expect(await paths()).toEqual(['a.ts', 'b.ts']);
});

test('loads what changed into the same reader, and lets go of files when the set is gone or of another kind', async () => {
  const { dense, loads, paths } = reader();
  await dense.catchUp({ vectors: { serving: set() } });
  await dense.catchUp({ vectors: { serving: set({ version: 'second' }) } });
  expect(loads).toEqual(['first', 'second']);
  await dense.catchUp({ vectors: { serving: set({ method: 'another' }) } });
  expect(loads.at(-1)).toBe(NO_VECTORS);
  expect(await paths()).toEqual([]);
  await dense.catchUp({ vectors: { serving: set() } });
  await dense.close();
  expect(loads.at(-1)).toBe(NO_VECTORS);
});
