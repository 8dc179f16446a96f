import { readdirSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { shardsOf, versionOf } from '../../../src/adapters/vectra/shardFormat.ts';
import { createVectraReader } from '../../../src/adapters/vectra/vectraReader.ts';
import { createVectraStore } from '../../support/vectraStore.ts';
import { createVectraWriter } from '../../../src/adapters/vectra/vectraWriter.ts';
import { NO_VECTORS, type VectorItem } from '../../../src/core/ports/vectors.ts';
import { temporaryFolder } from '../store/temporaryFolder.ts';
import { fractions } from './vectorSets.ts';

const DIMS = 64;

function itemsOf(count: number, seed = 1): readonly VectorItem[] {
  const random = fractions(seed);
  return Array.from({ length: count }, (_, at) => ({
    path: `file${Math.floor(at / 5)}`,
    ordinal: at % 5,
    vector: Float32Array.from({ length: DIMS }, () => random() - 0.5),
  }));
}

const optionsOf = () => ({
  directory: temporaryFolder(),
  embedder: { id: 'model', dims: DIMS },
  shardCount: 4,
});

/** Open files of this process, where the system tells. */
const openFiles = () => (process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0);

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a reader that leaves float rows in their files', () => {
  it('answers from shards that were swept away meanwhile', async () => {
    const options = optionsOf();
    const items = itemsOf(400);
    const versions = await createVectraWriter(options).stage(NO_VECTORS, { removedPaths: [], items });
    const reader = createVectraReader({ ...options, keptBytes: 0 });
    await reader.refresh(versions);
    const before = await reader.query(items[7]!.vector, 25);
    await createVectraStore(options.directory).sweep([]);
    expect(await reader.query(items[7]!.vector, 25)).toEqual(before);
    expect(before[0]).toMatchObject({ path: 'file1', ordinal: 2 });
    await reader.close();
  });

  it('lets a running query finish with the shards it began with', async () => {
    const options = optionsOf();
    const items = itemsOf(400);
    const writer = createVectraWriter(options);
    const versions = await writer.stage(NO_VECTORS, { removedPaths: [], items });
    const reader = createVectraReader({ ...options, keptBytes: 0 });
    await reader.refresh(versions);
    const answers = Array.from({ length: 5 }, () => reader.query(items[0]!.vector, 3));
    await reader.close();
    for (const hits of await Promise.all(answers)) expect(hits).toHaveLength(3);
    expect(await reader.query(items[0]!.vector, 3)).toEqual([]);
  });

  it('neither grows nor leaves files open over thousands of changes', async () => {
    const options = optionsOf();
    const items = itemsOf(600);
    const writer = createVectraWriter(options);
    const all = await writer.stage(NO_VECTORS, { removedPaths: [], items });
    const states = [all];
    for (const seed of [2, 3, 4]) {
      const path = `file${seed}`;
      const more = itemsOf(seed * 40, seed).map((item, ordinal) => ({ ...item, path, ordinal }));
      states.push(await writer.stage(all, { removedPaths: [path], items: more }));
    }
    const before = openFiles();
    const reader = createVectraReader({ ...options, keptBytes: 40_000 });
    const grow = vi.spyOn(WebAssembly.Memory.prototype, 'grow');
    const goRound = async (times: number) => {
      for (let at = 0; at < times; at++) await reader.refresh(states[at % states.length]!);
    };
    await goRound(20);
    const [growths, open] = [grow.mock.calls.length, openFiles()];
    await goRound(3000);
    expect(grow).toHaveBeenCalledTimes(growths);
    expect(openFiles()).toBe(open);
    expect(await reader.query(items[0]!.vector, 1000)).toHaveLength(600 - 5 + 4 * 40);
    await reader.close();
    expect(openFiles()).toBe(before);
  });

  it('gives back what it took when a shard cannot be loaded', async () => {
    const options = optionsOf();
    const versions = await createVectraWriter(options).stage(NO_VECTORS, {
      removedPaths: [],
      items: itemsOf(400),
    });
    const reader = createVectraReader({ ...options, keptBytes: 0 });
    const grow = vi.spyOn(WebAssembly.Memory.prototype, 'grow');
    const before = openFiles();
    const damaged = versionOf({ ...shardsOf(versions), 0: 1 });
    for (let round = 0; round < 50; round++) {
      await expect(reader.refresh(damaged)).rejects.toHaveProperty('code', 'store-corrupt');
    }
    expect(openFiles()).toBe(before);
    expect(grow).not.toHaveBeenCalled();
  });
});

describe('a long query', () => {
  it('makes way for others on its thread', async () => {
    const options = optionsOf();
    const versions = await createVectraWriter(options).stage(NO_VECTORS, {
      removedPaths: [],
      items: itemsOf(6000),
    });
    const reader = createVectraReader({ ...options, kernel: 'plain', keptBytes: 0 });
    await reader.refresh(versions);
    // A clock on which each look takes a millisecond: how fast the machine is does not matter.
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => now++);
    let turns = 0;
    let isDone = false;
    const count = () => {
      turns++;
      if (!isDone) setImmediate(count);
    };
    setImmediate(count);
    await reader.query(itemsOf(1)[0]!.vector, 200);
    isDone = true;
    expect(now).toBeGreaterThan(10);
    expect(turns).toBeGreaterThanOrEqual(Math.floor(now / 6));
  });
});
