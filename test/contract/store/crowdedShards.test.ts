import { readdirSync } from 'node:fs';
import { LocalIndex } from 'vectra';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { shardFolder, shardOf, shardsOf } from '../../../src/adapters/vectra/shardFormat.ts';
import { VectraIndexes } from '../../../src/adapters/vectra/vectraIndexes.ts';
import { createVectraReader } from '../../../src/adapters/vectra/vectraReader.ts';
import { createVectraWriter } from '../../../src/adapters/vectra/vectraWriter.ts';
import { NO_VECTORS, type VectorItem, type VectorVersion } from '../../../src/core/ports/vectors.ts';
import { temporaryFolder } from './temporaryFolder.ts';

const MOST = 100;
const DIMS = 4;
const SHARDS = 8;

const optionsOf = (mostChunks = MOST) => ({
  directory: temporaryFolder(),
  embedder: { id: 'model', dims: DIMS },
  shardCount: SHARDS,
  mostChunks,
});
type Options = ReturnType<typeof optionsOf>;

/** Names that somebody has looked for because the chunks of all of them go into one shard. */
function crowd(count: number): readonly string[] {
  const names: string[] = [];
  for (let at = 0; names.length < count; at++) {
    const name = `src/f${at}.ts`;
    if (shardOf(name, SHARDS) === 3) names.push(name);
  }
  return names;
}

const item = (path: string, ordinal = 0): VectorItem => ({
  path,
  ordinal,
  vector: Float32Array.from({ length: DIMS }, (_, at) => 1 + ((path.length * 7 + ordinal * 3 + at) % 11)),
});
const adding = (paths: readonly string[]) => ({
  removedPaths: paths,
  items: paths.map((path) => item(path)),
});

async function stored(options: Options, version: VectorVersion): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { path, ordinal } of new VectraIndexes(options, version).items()) {
    found.push(`${path}#${ordinal}`);
  }
  return found.sort();
}

const watchInsertions = () => vi.spyOn(LocalIndex.prototype, 'insertItem');
type Insertions = ReturnType<typeof watchInsertions>;

/** With how many others vectra has compared chunks to insert them, at most: with all of their file each. */
async function comparedWith(insertions: Insertions): Promise<number> {
  const indexes = insertions.mock.contexts as readonly LocalIndex[];
  const sizes = await Promise.all(indexes.map((index) => index.listItems()));
  return sizes.reduce((sum, { length }) => sum + length, 0);
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('names that all fall into one shard', () => {
  it('attack: have no chunk compared with more than one file holds', async () => {
    const options = optionsOf();
    const names = crowd(3000);
    const insertions = watchInsertions();
    const version = await createVectraWriter(options).stage(NO_VECTORS, adding(names));
    expect(insertions).toHaveBeenCalledTimes(names.length);
    expect(await comparedWith(insertions)).toBeLessThanOrEqual(names.length * MOST);
    expect(await stored(options, version)).toEqual(names.map((name) => `${name}#0`).sort());
    const sizes = Map.groupBy(Object.keys(shardsOf(version)), (number) => Number(number) % SHARDS);
    expect([...sizes.keys()]).toEqual([3]);
    // Each is filled to a third and more on the average.
    expect(sizes.get(3)!.length).toBeLessThan((3 * names.length) / MOST);
  });

  it('attack: make a changed file no dearer than what lies beside it', async () => {
    const options = optionsOf();
    const names = crowd(3000);
    const writer = createVectraWriter(options);
    const first = await writer.stage(NO_VECTORS, adding(names));
    const files = readdirSync(shardFolder(options)).length;
    const insertions = watchInsertions();
    const second = await writer.stage(first, { removedPaths: [names[7]!], items: [item(names[7]!, 5)] });
    expect(insertions).toHaveBeenCalledTimes(1);
    expect(await comparedWith(insertions)).toBeLessThanOrEqual(MOST);
    expect(readdirSync(shardFolder(options))).toHaveLength(files + 1);
    const third = await writer.stage(second, { removedPaths: names, items: [] });
    expect(third).toBe(NO_VECTORS);
  });

  it('attack: are made and staged some at a time, each part once', async () => {
    const options = optionsOf();
    const names = crowd(3000);
    const writer = createVectraWriter(options);
    const most = 400;
    const pending = new Set(names);
    const insertions = watchInsertions();
    let version: VectorVersion = NO_VECTORS;
    while (pending.size > 0) {
      const batch = writer.batch(pending, () => 1, most);
      expect(batch.length).toBeLessThanOrEqual(most);
      version = await writer.stage(version, adding(batch));
      for (const path of batch) pending.delete(path);
    }
    expect(await stored(options, version)).toHaveLength(names.length);
    // What is at the border of two batches is divided again.
    expect(insertions.mock.calls.length).toBeLessThan(1.5 * names.length);
    const written = readdirSync(shardFolder(options)).length;
    expect(written).toBeLessThan(1.5 * Object.keys(shardsOf(version)).length);
  });

  it('attack: are given up in the middle when somebody cancels', async () => {
    const options = optionsOf(10_000);
    const cancel = new AbortController();
    const insertions = watchInsertions();
    let looks = 0;
    vi.spyOn(cancel.signal, 'throwIfAborted').mockImplementation(() => {
      if (++looks === 20) cancel.abort();
      if (cancel.signal.aborted) throw cancel.signal.reason;
    });
    const staging = createVectraWriter(options).stage(NO_VECTORS, adding(crowd(3000)), cancel.signal);
    await expect(staging).rejects.toHaveProperty('name', 'AbortError');
    expect(insertions).toHaveBeenCalledTimes(19);
    expect(readdirSync(shardFolder(options))).toEqual([]);
  });

  it('of one file stay together, and take the others along no longer', async () => {
    const options = optionsOf();
    const [large = '', ...others] = crowd(300);
    const chunks = Array.from({ length: 250 }, (_, ordinal) => item(large, ordinal));
    const writer = createVectraWriter(options);
    const first = await writer.stage(NO_VECTORS, adding(others));
    const second = await writer.stage(first, { removedPaths: [large], items: chunks });
    expect(await stored(options, second)).toHaveLength(others.length + chunks.length);
    const third = await writer.stage(second, { removedPaths: [large], items: [] });
    expect(await stored(options, third)).toEqual(await stored(options, first));
  });
});

it('a store from before, whose shards were never divided, is read, and divided where it changes', async () => {
  const options = optionsOf();
  const names = crowd(500);
  const before = await createVectraWriter({ ...options, mostChunks: 100_000 }).stage(
    NO_VECTORS,
    adding(names),
  );
  expect(Object.keys(shardsOf(before))).toEqual(['3']);
  const writer = createVectraWriter(options);
  const { version, isLost } = await writer.salvage(before);
  expect([version, names.some(isLost)]).toEqual([before, false]);
  const after = await writer.stage(before, { removedPaths: [names[0]!], items: [] });
  expect(Object.keys(shardsOf(after)).length).toBeGreaterThan(4);
  expect(await stored(options, after)).toHaveLength(names.length - 1);
  const reader = createVectraReader(options);
  await reader.refresh(after);
  expect(await reader.query(item('x').vector, 10_000)).toHaveLength(names.length - 1);
  await reader.close();
});
