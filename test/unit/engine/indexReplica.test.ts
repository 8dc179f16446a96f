import { beforeEach, describe, expect, test } from 'vitest';
import type { FileRecord } from '../../../src/core/ports/indexStore.ts';
import { encodeSegment } from '../../../src/core/indexing/segmentCodec.ts';
import { fixedMethod } from '../../../src/core/indexing/vectors/embeddingMethod.ts';
import { OpenEmbedder } from '../../../src/core/indexing/vectors/openEmbedder.ts';
import { createMemoryVectors } from '../../../src/evals/memoryVectors.ts';
import { DenseReader } from '../../../src/engine/workspace/denseReader.ts';
import { IndexReplica } from '../../../src/engine/workspace/indexReplica.ts';
import { MemoryIndexStore } from '../../support/memoryIndexStore.ts';
import { segmentOf } from '../../support/segmentOf.ts';

let store: MemoryIndexStore;
let reader: IndexReplica;
/** What happens between two steps. */
let inBetween: () => void;
let pauses: number;

const embedder = { id: 'none', dims: 2, embed: () => Promise.resolve([]) };
const hashOf = (text: string) => `hash of ${text.length} ${text.slice(0, 20)}`;
const commit = (files: Readonly<Record<string, string>>, removals: readonly string[] = []) =>
  store.write(async (writer) => {
    const segment = await writer.putSegment(encodeSegment(segmentOf(files)));
    const upserts = Object.entries(files).map(([path, text]): FileRecord => ({
      ...{ path, segment, hash: hashOf(text), size: text.length, modifiedMs: 1 },
      ...{ chunkCount: 1 },
    }));
    await writer.commit({ upserts, removals, vectors: {}, recipe: 'r', complete: true });
  });
const found = (word: string) => [...new Set(reader.lexical.search(word, 999).map(({ path }) => path))];
const large = (word: string) =>
  Array.from({ length: 20_000 }, (_, line) => `store.put(${word}, compute(first${line}), second);\n`).join(
    '',
  );

beforeEach(() => {
  store = new MemoryIndexStore();
  pauses = 0;
  inBetween = () => undefined;
  const dense = new DenseReader({
    embedders: new OpenEmbedder(fixedMethod(embedder), store),
    vectors: createMemoryVectors(),
  });
  reader = new IndexReplica(store, dense, (signal) => () => {
    pauses++;
    inBetween();
    return signal?.aborted === true ? Promise.reject(signal.reason as Error) : Promise.resolve();
  });
});

test('attack: a load that is cancelled ends after the step that it is at, and the next one has all of it', async () => {
  await commit({ 'large.ts': large('quagga'), 'more.ts': large('zebra') });
  const controller = new AbortController();
  const reason = new Error('enough');
  inBetween = () => {
    if (pauses === 20) controller.abort(reason);
  };
  await expect(reader.catchUp(controller.signal)).rejects.toBe(reason);
  expect(pauses).toBe(20);
  await reader.catchUp();
  expect([found('quagga'), found('zebra')]).toEqual([['large.ts'], ['more.ts']]);
});

test('files that are set aside are not loaded, and the others are named before they are', async () => {
  const begun = new Set<string>();
  const dense = new DenseReader({
    embedders: new OpenEmbedder(fixedMethod(embedder), store),
    vectors: createMemoryVectors(),
  });
  const careful = {
    onBegin: (path: string) => void begun.add(path),
    aside: () => Promise.resolve(new Set(['aside.ts'])),
  };
  reader = new IndexReplica(store, dense, undefined, undefined, careful);
  await commit({ 'aside.ts': 'let quagga;\n', 'kept.ts': 'let quagga;\n' });
  await reader.catchUp();
  expect(found('quagga')).toEqual(['kept.ts']);
  expect([...begun]).toEqual(['kept.ts']);
});

describe('a file of a megabyte', () => {
  test('comes in over many slices, in which the rest can be searched and completed', async () => {
    await commit({ 'small.ts': 'export const zebra = stripes(1);\n' });
    await reader.catchUp();
    await commit({ 'large.ts': large('quagga') });
    pauses = 0;
    const seen = new Set<number>();
    inBetween = () => {
      seen.add(reader.lexical.search('quagga', 999).length);
      expect(found('zebra')).toEqual(['small.ts']);
    };
    await reader.catchUp();
    expect(pauses).toBeGreaterThan(100);
    expect(seen.size).toBeGreaterThan(50);
    expect(reader.lexical.search('quagga', 999)).toHaveLength(500);
    expect(reader.hashOf('large.ts')).toBe(hashOf(large('quagga')));
  });

  test('goes over several slices too when other files are left to move', async () => {
    await commit({ 'kept.ts': large('kept'), 'large.ts': large('quagga') });
    await reader.catchUp();
    await commit({}, ['large.ts']);
    pauses = 0;
    await reader.catchUp();
    expect(pauses).toBeGreaterThan(5);
    expect([found('quagga'), found('kept')]).toEqual([[], ['kept.ts']]);
  });
});

describe('text that stands in for a file', () => {
  const overlay = (text: string, committed: string) =>
    reader.overlay('a.ts', segmentOf({ 'a.ts': text }), hashOf(committed));

  test('is found over many slices until the file is restored', async () => {
    await commit({ 'a.ts': 'okapi\n' });
    await reader.catchUp();
    pauses = 0;
    expect(await overlay(large('quagga'), 'okapi\n')).toBe(true);
    expect(pauses).toBeGreaterThan(50);
    expect([found('okapi'), found('quagga')]).toEqual([[], ['a.ts']]);
    await reader.restore('a.ts');
    expect([found('okapi'), found('quagga')]).toEqual([['a.ts'], []]);
  });

  test('waits for what is being loaded, and is left out when that changes the file', async () => {
    await commit({ 'a.ts': 'okapi\n' });
    await reader.catchUp();
    await commit({ 'a.ts': large('zebra') });
    let overlaid: Promise<boolean> | undefined;
    inBetween = () => {
      overlaid ??= overlay('quagga\n', 'okapi\n');
    };
    await reader.catchUp();
    expect(await overlaid).toBe(false);
    expect([found('quagga'), found('zebra')]).toEqual([[], ['a.ts']]);
  });

  test('is left out for a file that is not indexed', async () => {
    await reader.catchUp();
    expect(await overlay('quagga\n', '')).toBe(false);
    expect(found('quagga')).toEqual([]);
  });
});
