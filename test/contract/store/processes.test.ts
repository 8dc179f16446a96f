import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openIndexStore } from '../../../src/adapters/sqlite/indexStore.ts';
import { shardFolder } from '../../../src/adapters/vectra/shardFormat.ts';
import { createVectraStore } from '../../support/vectraStore.ts';
import { createVectraReader } from '../../../src/adapters/vectra/vectraReader.ts';
import { createVectraWriter } from '../../../src/adapters/vectra/vectraWriter.ts';
import { silentLogger } from '../../support/silentLogger.ts';
import { startScript } from '../../support/startScript.ts';
import { recordingLogger } from './recordingLogger.ts';
import { commitMarked, EMBEDDER, loadWhole } from './generations.ts';
import { temporaryFolder } from './temporaryFolder.ts';

const STEADY_WRITER = new URL('./children/steadyWriter.ts', import.meta.url);
const KILLED_WRITER = new URL('./children/killedWriter.ts', import.meta.url);

/** Small, seeded and good enough to spread kills over a run (Park–Miller). */
const nextSeed = (seed: number) => (seed * 48271) % 0x7fffffff;

describe('a writer killed with SIGKILL', () => {
  it.each([
    ['after segments', '1'],
    ['within a shard', '1'],
    ['after shards', '1'],
    ['within the commit', '1'],
    ['after the commit', '2'],
  ])('%s leaves a whole generation, and its turn to whoever comes next', async (point, newest) => {
    const directory = temporaryFolder();
    const vectors = { directory, embedder: EMBEDDER, shardCount: 4 };
    const dead = await startScript(KILLED_WRITER, directory, point, '2').ended;
    expect(dead, dead.errors).toHaveProperty('by', 'SIGKILL');

    const log = recordingLogger();
    const store = await openIndexStore(directory, log, {
      // Said as soon as a first attempt to write fails.
      longWaitMs: 0,
      vectors: createVectraStore(directory),
    });
    const reader = createVectraReader(vectors);
    expect((await loadWhole(store, reader)).recipe).toBe(newest);
    await store.write((writer) => commitMarked(writer, '3', createVectraWriter(vectors)));
    expect(log.messages).toEqual([]);
    expect((await loadWhole(store, reader)).recipe).toBe('3');

    const names = [...readdirSync(join(directory, 'segments')), ...readdirSync(shardFolder(vectors))];
    expect(names.filter((name) => name.endsWith('.tmp'))).toEqual([]);
    await store.close();
  });

  it('at any moment loses nothing that was committed', async () => {
    const directory = temporaryFolder();
    const store = await openIndexStore(directory, silentLogger);
    for (let seed = 20_251_120, first = 1, round = 0; round < 4; round++) {
      seed = nextSeed(seed);
      const child = startScript(STEADY_WRITER, directory, String(first), '1000');
      const last = first + (seed % 30);
      await child.printed((line) => Number(line) >= last);
      child.kill();
      const { lines } = await child.ended;
      const { recipe, generation } = await loadWhole(store);
      // The one that was being committed may have made it.
      expect([Number(lines.at(-1)), Number(lines.at(-1)) + 1]).toContain(Number(recipe));
      expect(generation).toBe(Number(recipe));
      first = Number(recipe) + 1;
    }
    await store.close();
  });
});

describe('two processes', () => {
  it('write in turns and lose no commit', async () => {
    const directory = temporaryFolder();
    const children = [
      startScript(STEADY_WRITER, directory, '1', '25'),
      startScript(STEADY_WRITER, directory, '101', '25'),
    ];
    for (const child of children) expect(await child.ended).toMatchObject({ by: 0, errors: '' });
    const store = await openIndexStore(directory, silentLogger);
    expect(await store.generation()).toBe(50);
    expect(['25', '125']).toContain((await loadWhole(store)).recipe);
    await store.close();
  });

  it('read and write at once, and never read a mix', async () => {
    const directory = temporaryFolder();
    const store = await openIndexStore(directory, silentLogger);
    const generations = new Set<number>();
    // Until the loop has seen the store change under it, which may come late where this process seldom has its turn.
    for (let written = 0; generations.size <= 5;) {
      const child = startScript(STEADY_WRITER, directory, String(written + 1), '100');
      let running = true;
      void child.ended.then(() => (running = false));
      while (running) generations.add((await loadWhole(store)).generation);
      expect(await child.ended).toMatchObject({ by: 0, errors: '' });
      expect((await loadWhole(store)).generation).toBe((written += 100));
    }
    // It never goes back.
    expect([...generations]).toEqual([...generations].toSorted((a, b) => a - b));
    await store.close();
  });
});
