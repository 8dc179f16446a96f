import { existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { LocalIndex } from 'vectra';
import { describe, expect, it } from 'vitest';
import { atomicWrite } from '../../../src/adapters/durable/atomicWrite.ts';
import { asNumbers, PackedCodec, type ChunkMetadata } from '../../../src/adapters/vectra/packedCodec.ts';
import { shardFileName, shardFolder, shardOf, shardsOf } from '../../../src/adapters/vectra/shardFormat.ts';
import { ShardStorage } from '../../../src/adapters/vectra/shardStorage.ts';
import { sweepShards } from '../../../src/adapters/vectra/sweepShards.ts';
import { createVectraReader } from '../../../src/adapters/vectra/vectraReader.ts';
import { createVectraWriter } from '../../../src/adapters/vectra/vectraWriter.ts';
import { StoreUnavailableError } from '../../../src/core/errors/storeErrors.ts';
import {
  NO_VECTORS,
  type VectorHit,
  type VectorItem,
  type VectorVersion,
} from '../../../src/core/ports/vectors.ts';
import { temporaryFolder } from './temporaryFolder.ts';

const DIMS = 13;
const options = (directory: string) => ({
  directory,
  embedder: { id: 'model/α v1', dims: DIMS },
  shardCount: 5,
});
type Options = ReturnType<typeof options>;

/** Deterministic and of any length but zero; components from -1 to 1. */
function vectorOf(seed: number, dims = DIMS): Float32Array {
  let state = seed * 2654435761 + 1;
  return Float32Array.from({ length: dims }, () => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d);
    return ((state >>> 8) & 0xffff) / 0x8000 - 1 + 1e-6;
  });
}

const item = (path: string, ordinal: number, seed: number): VectorItem => ({
  path,
  ordinal,
  vector: vectorOf(seed),
});
const items = (count: number) =>
  Array.from({ length: count }, (_, index) => item(`src/file${Math.floor(index / 3)}.ts`, index % 3, index));
const named = (hits: readonly VectorHit[]) => hits.map(({ path, ordinal }) => `${path}#${ordinal}`);

async function allHits(store: Options, versions: VectorVersion, seed = 7): Promise<readonly VectorHit[]> {
  const reader = createVectraReader(store);
  await reader.refresh(versions);
  return reader.query(vectorOf(seed), 10_000);
}

/** The same question put to vectra itself, shard by shard. */
async function askVectra(store: Options, versions: VectorVersion, query: Float32Array, count: number) {
  const hits: VectorHit[] = [];
  for (const [key, version] of Object.entries(shardsOf(versions))) {
    const [folder, shard] = [shardFolder(store), Number(key)];
    const codec = new PackedCodec(store.embedder, `shard ${shard}`);
    const storage = new ShardStorage({ folder, shard, version }, codec, atomicWrite);
    const index = new LocalIndex<ChunkMetadata>(folder, undefined, storage, codec);
    for (const { item, score } of await index.queryItems(asNumbers(query), '', count)) {
      hits.push({ path: item.metadata.path, ordinal: item.metadata.ordinal, score });
    }
  }
  return hits.toSorted((a, b) => b.score - a.score).slice(0, count);
}

describe('the vector store', () => {
  it('finds what was staged, exactly as vectra does', async () => {
    const store = options(temporaryFolder());
    const versions = await createVectraWriter(store).stage(NO_VECTORS, {
      removedPaths: [],
      items: items(400),
    });
    const reader = createVectraReader(store);
    await reader.refresh(versions);
    for (let seed = 0; seed < 20; seed++) {
      const query = vectorOf(seed * 31 + 5);
      const hits = await reader.query(query, 25);
      const expected = await askVectra(store, versions, query, 25);
      expect(named(hits)).toEqual(named(expected));
      hits.forEach(({ score }, rank) => expect(score).toBeCloseTo(expected[rank]!.score, 12));
    }
  });

  it('keeps what a map of chunks would, whatever is added, replaced and removed', async () => {
    const chunk = fc.record({
      path: fc.constantFrom('a', 'b/c', 'd', 'é', 'f#0'),
      ordinal: fc.nat(3),
      seed: fc.nat(50),
    });
    const change = fc.record({
      removedPaths: fc.uniqueArray(fc.constantFrom<string>('a', 'b/c', 'd', 'é', 'f#0', 'unknown')),
      chunks: fc.uniqueArray(chunk, { maxLength: 6, selector: ({ path, ordinal }) => `${path}#${ordinal}` }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const store = options(temporaryFolder());
        const writer = createVectraWriter(store);
        const model = new Map<string, VectorItem>();
        let versions = NO_VECTORS;
        for (const { removedPaths, chunks } of changes) {
          const added = chunks.map(({ path, ordinal, seed }) => item(path, ordinal, seed));
          for (const [id, { path }] of model) if (removedPaths.includes(path)) model.delete(id);
          for (const one of added) model.set(`${one.path}#${one.ordinal}`, one);
          versions = await writer.stage(versions, { removedPaths, items: added });
        }
        expect(named(await allHits(store, versions)).toSorted()).toEqual([...model.keys()].toSorted());
        // The history does not show: the same chunks make the same files.
        const afresh = await writer.stage(NO_VECTORS, {
          removedPaths: [],
          items: [...model.values()].toReversed(),
        });
        expect(afresh).toEqual(versions);
      }),
      { numRuns: 25 },
    );
  });

  it('writes the shards that change and no others, and never changes a file', async () => {
    const store = options(temporaryFolder());
    const writer = createVectraWriter(store);
    const first = await writer.stage(NO_VECTORS, { removedPaths: [], items: items(60) });
    const before = new Map(
      readdirSync(shardFolder(store)).map((name) => [name, readFileSync(join(shardFolder(store), name))]),
    );
    const path = 'src/file4.ts';
    const second = await writer.stage(first, { removedPaths: [path], items: [item(path, 0, 999)] });
    const [old, changes] = [shardsOf(first), shardsOf(second)];
    const changed = Object.keys(changes).filter((shard) => old[Number(shard)] !== changes[Number(shard)]);
    expect(changed).toEqual([String(shardOf(path, 5))]);
    for (const [name, bytes] of before) expect(readFileSync(join(shardFolder(store), name))).toEqual(bytes);
    expect(readdirSync(shardFolder(store))).toHaveLength(before.size + 1);
    expect(named(await allHits(store, first))).toHaveLength(60);
    expect(named(await allHits(store, second))).toHaveLength(58);
    expect(await writer.stage(second, { removedPaths: ['nowhere'], items: [] })).toEqual(second);
  });

  it('leaves out vectors that say nothing and refuses faulty ones before writing', async () => {
    const store = options(temporaryFolder());
    const writer = createVectraWriter(store);
    const silent = { path: 'silent', ordinal: 0, vector: new Float32Array(DIMS) };
    const versions = await writer.stage(NO_VECTORS, { removedPaths: [], items: [silent, item('a', 0, 1)] });
    expect(named(await allHits(store, versions))).toEqual(['a#0']);
    const faulty = (value: number) => vectorOf(1).fill(value, 3, 4);
    for (const vector of [faulty(NaN), faulty(Infinity), vectorOf(1, DIMS - 1), new Float32Array(0)]) {
      const staging = writer.stage(versions, {
        removedPaths: ['a'],
        items: [{ path: 'a', ordinal: 0, vector }],
      });
      await expect(staging).rejects.toThrow(RangeError);
    }
    expect(readdirSync(shardFolder(store))).toHaveLength(1);
  });

  it('keeps embedders and shard counts apart', () => {
    const at = (id: string, shardCount: number) =>
      shardFolder({ directory: '/s', embedder: { id, dims: 3 }, shardCount });
    expect(new Set([at('a/b', 5), at('a b', 5), at('a-b', 5), at('a/b', 6), at('../..', 5)]).size).toBe(5);
    expect(at('../..', 5)).toMatch(/^\/s\/vectors\/[^/]+$/);
  });
});

describe('a reader', () => {
  it('loads changed shards only and answers a running query from what it began with', async () => {
    const store = options(temporaryFolder());
    const writer = createVectraWriter(store);
    const first = await writer.stage(NO_VECTORS, { removedPaths: [], items: items(60) });
    const reader = createVectraReader(store);
    await reader.refresh(first);
    const second = await writer.stage(first, { removedPaths: ['src/file4.ts'], items: [] });
    // All that did not change may be gone from disk.
    const inFirst = new Set(first.split(' '));
    await sweepShards(store.directory, [
      second
        .split(' ')
        .filter((part) => !inFirst.has(part))
        .join(' '),
    ]);
    await reader.refresh(second);
    expect(await reader.query(vectorOf(1), 100)).toHaveLength(57);
  });

  it.each([
    ['missing', (file: string) => rmSync(file)],
    ['altered', (file: string) => writeFileSync(file, readFileSync(file).fill(7, 200))],
    ['altered', (file: string) => truncateSync(file, 300)],
    ['not a shard', (file: string) => writeFileSync(file, 'x')],
  ])('reports a shard that is %s and goes on with what it had', async (problem, damage) => {
    const store = options(temporaryFolder());
    const writer = createVectraWriter(store);
    const first = await writer.stage(NO_VECTORS, { removedPaths: [], items: [item('a', 0, 1)] });
    const reader = createVectraReader(store);
    await reader.refresh(first);
    const second = await writer.stage(first, { removedPaths: [], items: [item('a', 1, 2)] });
    const shard = shardOf('a', 5);
    damage(join(shardFolder(store), shardFileName(shard, shardsOf(second)[shard]!)));
    const refreshing = reader.refresh(second);
    await expect(refreshing).rejects.toMatchObject({ code: 'store-corrupt', part: `vector shard ${shard}` });
    await expect(refreshing).rejects.toThrow(problem);
    await expect(writer.stage(second, { removedPaths: ['a'], items: [] })).rejects.toHaveProperty(
      'code',
      'store-corrupt',
    );
    expect(named(await reader.query(vectorOf(1), 5))).toEqual(['a#0']);
    await reader.refresh(first);
  });

  it('refuses a shard of another embedder', async () => {
    const store = options(temporaryFolder());
    const versions = await createVectraWriter(store).stage(NO_VECTORS, {
      removedPaths: [],
      items: [item('a', 0, 1)],
    });
    const shard = shardOf('a', 5);
    const bytes = readFileSync(join(shardFolder(store), shardFileName(shard, shardsOf(versions)[shard]!)));
    const codec = new PackedCodec({ id: 'another', dims: DIMS }, 'shard');
    expect(() => codec.deserializeIndex(bytes)).toThrow(/made by model\/α v1, not by another/);
  });
});

describe('a look for damage', () => {
  it('keeps the shards that are whole, and tells the files of the others', async () => {
    const store = options(temporaryFolder());
    const writer = createVectraWriter(store);
    const versions = await writer.stage(NO_VECTORS, { removedPaths: [], items: items(60) });
    expect((await writer.salvage(versions)).version).toBe(versions);
    const [first = 0, second = 0, ...others] = Object.keys(shardsOf(versions)).map(Number);
    const file = (shard: number) =>
      join(shardFolder(store), shardFileName(shard, shardsOf(versions)[shard]!));
    rmSync(file(first));
    writeFileSync(file(second), readFileSync(file(second)).fill(7, 200));
    const { version, isLost } = await writer.salvage(versions);
    expect(Object.keys(shardsOf(version)).map(Number)).toEqual(others);
    const paths = [...new Set(items(60).map(({ path }) => path))];
    const lost = paths.filter(isLost);
    expect(lost).toEqual(paths.filter((path) => [first, second].includes(shardOf(path, 5))));
    expect(await allHits(store, version)).toHaveLength(60 - 3 * lost.length);
  });
});

describe('a full disk', () => {
  it('fails staging with a clear error and leaves every version as it was', async () => {
    const store = options(temporaryFolder());
    const first = await createVectraWriter(store).stage(NO_VECTORS, { removedPaths: [], items: items(60) });
    const full = createVectraWriter({
      ...store,
      writeFile: (file) => Promise.reject(new StoreUnavailableError('full', file)),
    });
    const staging = full.stage(first, { removedPaths: [], items: items(90) });
    await expect(staging).rejects.toHaveProperty('code', 'store-full');
    expect(await allHits(store, first)).toHaveLength(60);
  });
});

describe('the sweep of shards', () => {
  it('deletes what is not kept, of every embedder, and half-written files', async () => {
    const store = options(temporaryFolder());
    const other = { ...store, embedder: { id: 'retired', dims: DIMS } };
    const writer = createVectraWriter(store);
    const first = await writer.stage(NO_VECTORS, { removedPaths: [], items: items(60) });
    const second = await writer.stage(first, { removedPaths: ['src/file4.ts'], items: [] });
    await createVectraWriter(other).stage(NO_VECTORS, { removedPaths: [], items: items(3) });
    writeFileSync(join(shardFolder(store), '0-1.vpk.half.tmp'), '');
    await sweepShards(store.directory, [second]);
    const expected = Object.entries(shardsOf(second)).map(([shard, version]) =>
      shardFileName(Number(shard), version),
    );
    expect(readdirSync(shardFolder(store)).toSorted()).toEqual(expected.toSorted());
    expect(existsSync(shardFolder(other))).toBe(false);
  });

  it('has nothing to do in a store without vectors', async () => {
    await expect(sweepShards(temporaryFolder(), ['0-1'])).resolves.toBeUndefined();
  });
});
