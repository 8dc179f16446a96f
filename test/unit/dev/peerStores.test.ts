import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Given } from '../../bench/peers/given.mjs';
import { PEERS } from '../../bench/peers/peers.mjs';
import { PHASES } from '../../bench/peers/phases.mjs';
import type { Chunk, Peer, Store } from '../../bench/peers/store.mjs';

const DIMS = 4;
const TEXTS = ['open the gate', 'close the gate', 'ring a bell', 'paint the fence'];

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'touchstone-peers-test-'));
});
afterEach(() => rm(folder, { recursive: true }));

const settled = () => Promise.resolve();
const place = () => ({
  folder,
  dims: DIMS,
  load: (name: string) => {
    throw new Error(`${name} is not installed for tests.`);
  },
});

function unit(at: number): Float32Array {
  return Float32Array.from({ length: DIMS }, (_, place) => (place === at ? 1 : 0));
}

function chunk(id: number, text = TEXTS[id] ?? '', vector = unit(id)): Chunk {
  return { id, text, words: text, vector };
}

const ALL = TEXTS.map((_, id) => chunk(id));

/** Finds what has most words in common, and by products. `forgets` what is replaced. */
function inMemory({ forgets = false } = {}): Peer {
  let chunks: readonly Chunk[] = [];
  const best = (score: (chunk: Chunk) => number) =>
    chunks
      .filter((each) => score(each) > 0)
      .toSorted((a, b) => score(b) - score(a))
      .map(({ id }) => id);
  const store: Store = {
    add: (added) => (chunks = [...chunks, ...added]),
    save: () => undefined,
    replace: (replaced) => {
      const ids = new Set(replaced.map(({ id }) => id));
      chunks = [...chunks.filter(({ id }) => !ids.has(id)), ...(forgets ? [] : replaced)];
    },
    byWords: ({ text }) => best((each) => text.split(' ').filter((word) => each.text.includes(word)).length),
    byVector: (vector) =>
      best((each) => vector.reduce((sum, value, at) => sum + value * (each.vector[at] ?? 0), 0)),
  };
  return { id: 'in-memory', name: 'In memory', create: () => store, open: () => store };
}

async function give(): Promise<Given> {
  const rows = (vectors: readonly Float32Array[]) =>
    Buffer.concat(vectors.map((vector) => Buffer.from(vector.buffer)));
  const questions = [{ text: 'which bell', words: 'which bell', least: 1 }];
  const word = { text: 'zaq', words: 'zaq' };
  const saves = [
    {
      word,
      chunks: [
        { id: 0, text: 'open', words: 'open' },
        { id: 1, text: 'zaq', words: 'zaq' },
      ],
    },
  ];
  await writeFile(
    join(folder, 'chunks.jsonl'),
    TEXTS.map((text) => `${JSON.stringify({ text, words: text })}\n`).join(''),
  );
  await writeFile(join(folder, 'vectors.f32'), rows(ALL.map(({ vector }) => vector)));
  await writeFile(join(folder, 'questions.json'), JSON.stringify(questions));
  await writeFile(join(folder, 'questions.f32'), rows([unit(2)]));
  await writeFile(join(folder, 'saves.json'), JSON.stringify(saves));
  return new Given(folder, DIMS);
}

describe.each(PEERS.filter(({ id }) => /^(fts5|vectra)/.test(id)))('$name', (peer) => {
  test('finds what was saved, and what replaced it, when opened again', async () => {
    const built = await peer.create(place());
    await built.add(ALL.slice(0, 3));
    await built.add(ALL.slice(3));
    await built.save();
    const opened = await peer.open(place());
    await opened.replace([chunk(0, 'open a door', unit(0).toReversed()), chunk(1)]);
    const again = await peer.open(place());
    if (again.byWords) {
      expect(await again.byWords({ text: 'bell "ring', words: 'bell ring' })).toEqual([2]);
      expect(await again.byWords({ text: 'door', words: 'door' })).toEqual([0]);
      expect(await again.byWords({ text: 'gate', words: 'gate' })).toEqual([1]);
      expect(await again.byWords({ text: '?', words: '' })).toEqual([]);
    }
    if (again.byVector) {
      const [first, second] = await again.byVector(Float32Array.of(0, 0, 0.6, 0.8));
      expect(new Set([first, second])).toEqual(new Set([0, 3]));
      expect((await again.byVector(unit(2)))[0]).toBe(2);
    }
  });
});

describe('Given', () => {
  test('gives chunks in batches, each with its own vector', async () => {
    const given = await give();
    const batches: (readonly Chunk[])[] = [];
    for await (const batch of given.batches(3)) batches.push(batch);
    expect(batches.map((batch) => batch.length)).toEqual([3, 1]);
    expect(batches.flat()).toEqual(ALL);
  });

  test('gives the last chunk of a saved file another vector, near to the one it had', async () => {
    const [save] = await (await give()).saves();
    const [kept, changed] = save?.chunks.map(({ vector }) => vector) ?? [];
    expect(kept).toEqual(unit(0));
    expect(changed?.[1]).toBeGreaterThan(0.9);
    expect(changed?.[1]).toBeLessThan(0.99);
    expect(Math.hypot(...(changed ?? []))).toBeCloseTo(1);
  });
});

describe('PHASES', () => {
  test('measure a store from its first index to a saved file', async () => {
    const given = await give();
    const peer = inMemory();
    const built = await PHASES['build']?.(peer, place(), given);
    expect(Object.keys(built ?? {})).toEqual(['elapsedMs', 'peakRssMegabytes', 'diskMegabytes']);
    expect(await PHASES['start']?.(peer, place(), given)).toHaveProperty('answeredMs');
    // The nearest of one question, out of the ten that a larger store would have found.
    expect(await PHASES['ask']?.(peer, place(), given, settled)).toMatchObject({ n: 1, recallAt10: 0.1 });
    expect(await PHASES['save']?.(peer, place(), given)).toMatchObject({ saves: 1, missed: 0 });
  });

  test('count what was saved and is not found', async () => {
    const given = await give();
    const peer = inMemory({ forgets: true });
    await PHASES['build']?.(peer, place(), given);
    expect(await PHASES['save']?.(peer, place(), given)).toMatchObject({ saves: 1, missed: 1 });
  });
});
