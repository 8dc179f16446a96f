import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createVectraStore } from '../../support/vectraStore.ts';
import {
  NO_VECTORS,
  type VectorHit,
  type VectorItem,
  type VectorStore,
  type VectorVersion,
} from '../../../src/core/ports/vectors.ts';
import { createMemoryVectors } from '../../../src/evals/memoryVectors.ts';
import { temporaryFolder } from '../store/temporaryFolder.ts';
import { fractions } from './vectorSets.ts';

const SPACE = { id: 'model/α v1', dims: 13 };

/** Of unit length, and the same for the same seed. */
function vectorOf(seed: number, dims = SPACE.dims): Float32Array {
  const random = fractions(seed + 1);
  const numbers = Array.from({ length: dims }, () => random() - 0.5);
  const length = Math.hypot(...numbers);
  return Float32Array.from(numbers, (number) => number / length);
}

const item = (path: string, ordinal: number, seed: number): VectorItem => ({
  ...{ path, ordinal },
  vector: vectorOf(seed),
});
const items = (count: number) =>
  Array.from({ length: count }, (_, at) => item(`src/file${Math.floor(at / 3)}.ts`, at % 3, at));
const adding = (more: readonly VectorItem[]) => ({ removedPaths: [], items: more });
const named = (hits: readonly VectorHit[]) => hits.map(({ path, ordinal }) => `${path}#${ordinal}`);
const pathsOf = (all: readonly VectorItem[]) => [...new Set(all.map(({ path }) => path))];

async function everything(store: VectorStore, version: VectorVersion, space = SPACE, seed = 7) {
  const reader = store.reader(space);
  await reader.refresh(version);
  const hits = await reader.query(vectorOf(seed), 10_000);
  await reader.close();
  return hits;
}

const STORES: Readonly<Record<string, () => VectorStore>> = {
  'of vectra': () => createVectraStore(temporaryFolder(), { shardCount: 5 }),
  'of vectra, with shards that are divided': () =>
    createVectraStore(temporaryFolder(), { shardCount: 2, mostChunks: 3 }),
  'in memory': createMemoryVectors,
};

describe.each(Object.entries(STORES))('a store of vectors %s', (_, open) => {
  it('finds the nearest of what was staged, equal ones by path and ordinal', async () => {
    const store = open();
    const all = [...items(60), item('b', 0, 99), item('a', 10, 99), item('a', 9, 99)];
    const version = await store.writer(SPACE).stage(NO_VECTORS, adding(all));
    const reader = store.reader(SPACE);
    await reader.refresh(version);
    for (const seed of [5, 99, 123]) {
      const query = vectorOf(seed);
      const scoreOf = ({ vector }: VectorItem) =>
        vector.reduce((sum, each, at) => sum + each * query[at]!, 0);
      const best = all
        .map((each) => ({ ...each, score: scoreOf(each) }))
        .sort((x, y) => y.score - x.score || (x.path < y.path ? -1 : 1) || x.ordinal - y.ordinal)
        .slice(0, 25);
      const hits = await reader.query(query, 25);
      expect(new Set(named(hits))).toEqual(new Set(named(best)));
      hits.forEach(({ score }, at) => expect(score).toBeCloseTo(best[at]!.score, 5));
    }
    expect(named(await reader.query(vectorOf(99), 3))).toEqual(['a#9', 'a#10', 'b#0']);
  });

  it('keeps what a map of chunks would, in every version, whatever is added, replaced and removed', async () => {
    const paths = ['a', 'b/c', 'd', 'é', 'f#0'];
    const chunk = fc.record({ path: fc.constantFrom(...paths), ordinal: fc.nat(3), seed: fc.nat(50) });
    const change = fc.record({
      removedPaths: fc.uniqueArray(fc.constantFrom(...paths, 'unknown')),
      chunks: fc.uniqueArray(chunk, { maxLength: 6, selector: ({ path, ordinal }) => `${path}#${ordinal}` }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const store = open();
        const writer = store.writer(SPACE);
        const model = new Map<string, VectorItem>();
        let version = NO_VECTORS;
        const expected: (readonly [VectorVersion, readonly string[]])[] = [];
        for (const { removedPaths, chunks } of changes) {
          const added = chunks.map(({ path, ordinal, seed }) => item(path, ordinal, seed));
          for (const [id, { path }] of model) if (removedPaths.includes(path)) model.delete(id);
          for (const one of added) model.set(`${one.path}#${one.ordinal}`, one);
          version = await writer.stage(version, { removedPaths, items: added });
          expected.push([version, [...model.keys()].sort()]);
        }
        for (const [each, chunks] of expected) {
          expect(named(await everything(store, each)).sort()).toEqual(chunks);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('has one name for the version that holds nothing', async () => {
    const store = open();
    const writer = store.writer(SPACE);
    const version = await writer.stage(NO_VECTORS, adding([item('a', 0, 1)]));
    expect(version).not.toBe(NO_VECTORS);
    expect(await writer.stage(version, { removedPaths: ['a'], items: [] })).toBe(NO_VECTORS);
    expect(await everything(store, NO_VECTORS)).toEqual([]);
  });

  it('leaves out vectors that say nothing and refuses faulty ones', async () => {
    const store = open();
    const writer = store.writer(SPACE);
    const silent = { path: 'silent', ordinal: 0, vector: new Float32Array(SPACE.dims) };
    const version = await writer.stage(NO_VECTORS, adding([silent, item('a', 0, 1)]));
    expect(named(await everything(store, version))).toEqual(['a#0']);
    const faulty = (value: number) => vectorOf(1).fill(value, 3, 4);
    for (const vector of [faulty(NaN), faulty(Infinity), vectorOf(1, 12), new Float32Array(0)]) {
      const change = { removedPaths: ['a'], items: [{ path: 'a', ordinal: 0, vector }] };
      await expect(writer.stage(version, change)).rejects.toThrow(RangeError);
    }
    expect(named(await everything(store, version))).toEqual(['a#0']);
  });

  it('answers odd questions soundly', async () => {
    const store = open();
    const reader = store.reader(SPACE);
    expect(await reader.query(vectorOf(1), 5)).toEqual([]);
    await reader.refresh(await store.writer(SPACE).stage(NO_VECTORS, adding(items(9))));
    expect(await reader.query(vectorOf(1), 0)).toEqual([]);
    expect(await reader.query(vectorOf(1), 100)).toHaveLength(9);
    expect(await reader.query(new Float32Array(SPACE.dims), 5)).toEqual([]);
    await expect(reader.query(vectorOf(1, SPACE.dims + 1), 5)).rejects.toThrow(RangeError);
    await expect(reader.query(vectorOf(1).fill(NaN), 5)).rejects.toThrow(RangeError);
  });

  it('keeps spaces apart', async () => {
    const store = open();
    const other = { id: 'another', dims: SPACE.dims };
    const version = await store.writer(SPACE).stage(NO_VECTORS, adding(items(9)));
    const reader = store.reader(other);
    await expect(reader.refresh(version)).rejects.toHaveProperty('code', 'store-corrupt');
    expect(await reader.query(vectorOf(1), 5)).toEqual([]);
    const second = await store.writer(other).stage(NO_VECTORS, adding([item('b', 0, 1)]));
    expect(named(await everything(store, second, other))).toEqual(['b#0']);
    expect(await everything(store, version)).toHaveLength(9);
  });

  it('lets a version go with the sweep that does not keep it, and tells what is lost', async () => {
    const store = open();
    const writer = store.writer(SPACE);
    const first = await writer.stage(NO_VECTORS, adding(items(30)));
    const second = await writer.stage(first, {
      removedPaths: pathsOf(items(30)),
      items: [item('new', 0, 1)],
    });
    const reader = store.reader(SPACE);
    await reader.refresh(first);
    await store.sweep([second]);
    expect(await reader.query(vectorOf(1), 100)).toHaveLength(30);
    expect(await everything(store, second)).toHaveLength(1);
    expect((await writer.salvage(second)).version).toBe(second);
    await expect(everything(store, first)).rejects.toHaveProperty('code', 'store-corrupt');
    await expect(writer.stage(first, adding(items(3)))).rejects.toHaveProperty('code', 'store-corrupt');
    const { version, isLost } = await writer.salvage(first);
    expect(pathsOf(items(30)).every(isLost)).toBe(true);
    expect(await everything(store, version)).toEqual([]);
    await reader.refresh(second);
    await store.sweep([]);
    await expect(everything(store, second)).rejects.toHaveProperty('code', 'store-corrupt');
    await reader.close();
  });

  it('makes batches of all that is pending, each of about the size that is wanted', () => {
    const writer = open().writer(SPACE);
    const paths = Array.from({ length: 100 }, (_, at) => `src/file${at}.ts`);
    const pending = new Set(paths);
    const batches: (readonly string[])[] = [];
    while (pending.size > 0) {
      const batch = writer.batch(pending, () => 3, 90);
      expect(batch.length).toBeGreaterThan(0);
      batches.push(batch);
      for (const path of batch) pending.delete(path);
    }
    expect(batches.flat().toSorted()).toEqual(paths.toSorted());
    expect(writer.batch([], () => 1, 10)).toEqual([]);
    expect(writer.batch(['a'], () => 1_000, 10)).toEqual(['a']);
  });
});
