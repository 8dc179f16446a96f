import { beforeEach, describe, expect, test } from 'vitest';
import { WorkspaceModel } from '../../../src/core/completion/workspaceModel.ts';
import { ImageCorruptError } from '../../../src/core/errors/storeErrors.ts';
import type { FileRecord } from '../../../src/core/ports/indexStore.ts';
import { encodeSegment } from '../../../src/core/indexing/segmentCodec.ts';
import { fixedMethod } from '../../../src/core/indexing/vectors/embeddingMethod.ts';
import { OpenEmbedder } from '../../../src/core/indexing/vectors/openEmbedder.ts';
import { createMemoryVectors } from '../../../src/evals/memoryVectors.ts';
import { DenseReader } from '../../../src/engine/workspace/denseReader.ts';
import { IndexReplica } from '../../../src/engine/workspace/indexReplica.ts';
import { MemoryImages } from '../../../src/engine/workspace/memoryImages.ts';
import { completeSoundly, withSoundMemory } from '../../../src/engine/workspace/soundMemory.ts';
import { MemoryImageStore } from '../../support/memoryImageStore.ts';
import { MemoryIndexStore } from '../../support/memoryIndexStore.ts';
import { segmentOf } from '../../support/segmentOf.ts';
import { silentLogger } from '../../support/silentLogger.ts';

let store: MemoryIndexStore;
let images: MemoryImageStore;

const embedder = { id: 'none', dims: 2, embed: () => Promise.resolve([]) };
const hashOf = (text: string) => `hash of ${text.length} ${text.slice(0, 20)}`;

async function commit(
  files: Readonly<Record<string, string>>,
  {
    removals = [],
    recipe = 'r',
    complete = true,
  }: { removals?: string[]; recipe?: string; complete?: boolean } = {},
): Promise<void> {
  await store.write(async (writer) => {
    const segment = await writer.putSegment(encodeSegment(segmentOf(files, LINES_PER_CHUNK)));
    const upserts = Object.entries(files).map(([path, text]): FileRecord => ({
      ...{ path, segment, hash: hashOf(text), size: text.length, modifiedMs: 1 },
      ...{ chunkCount: 1 },
    }));
    await writer.commit({ upserts, removals, vectors: {}, recipe, complete });
  });
}

/** Few: what is kept in an image is counted in chunks. */
const LINES_PER_CHUNK = 5;

const large = (word: string, chunks = 1200) =>
  Array.from(
    { length: chunks * LINES_PER_CHUNK },
    (_, line) => `store.put(${word}, compute(first${line}), second);\n`,
  ).join('');

function open(): IndexReplica {
  const dense = new DenseReader({
    embedders: new OpenEmbedder(fixedMethod(embedder), store),
    vectors: createMemoryVectors(),
  });
  const noPause = () => () => Promise.resolve();
  return new IndexReplica(store, dense, noPause, new MemoryImages(images, silentLogger));
}

async function opened(): Promise<IndexReplica> {
  const reader = open();
  await reader.catchUp();
  return reader;
}

async function saved(): Promise<void> {
  const reader = await opened();
  await reader.saveImage();
  await reader.close();
}

const found = (reader: IndexReplica, word: string) => [
  ...new Set(reader.lexical.search(word, 99).map(({ path }) => path)),
];

beforeEach(async () => {
  store = new MemoryIndexStore();
  images = new MemoryImageStore();
  await commit({ 'large.ts': large('quagga'), 'small.ts': 'export const zebra = stripes(1);\n' });
});

describe('a start with an image', () => {
  test('reads no segment, and finds and completes as before', async () => {
    await saved();
    store.segment = () => Promise.reject(new Error('not to be read'));
    const reader = await opened();
    expect([found(reader, 'zebra'), found(reader, 'quagga')]).toEqual([['small.ts'], ['large.ts']]);
    const text = 'store.put(';
    const [best] = reader.model.rate({ path: 'new.ts', text, offset: text.length });
    expect(best?.text).toContain('quagga');
    expect(reader.hashOf('small.ts')).toBe(hashOf('export const zebra = stripes(1);\n'));
  });

  test('catches up with what was committed since', async () => {
    await saved();
    await commit({ 'small.ts': 'export const okapi = 1;\n', 'new.ts': 'gnu();\n' });
    await commit({}, { removals: ['large.ts'] });
    const reader = await opened();
    expect(['zebra', 'okapi', 'gnu', 'quagga'].map((word) => found(reader, word))).toEqual([
      [],
      ['small.ts'],
      ['new.ts'],
      [],
    ]);
  });

  test('uses none that was made by another recipe', async () => {
    await saved();
    await commit({ 'small.ts': 'export const okapi = 1;\n' }, { recipe: 'another', removals: ['large.ts'] });
    const reader = await opened();
    expect([found(reader, 'okapi'), found(reader, 'quagga')]).toEqual([['small.ts'], []]);
    expect([images.opened, images.closed]).toEqual([1, 1]);
  });

  test('closes it once all of it is read', async () => {
    await saved();
    const reader = await opened();
    await expect.poll(() => images.closed).toBe(1);
    await reader.close();
    expect(images.closed).toBe(1);
  });
});

describe('an image is saved', () => {
  test('once, and again when one chunk in a hundred has changed', async () => {
    const reader = await opened();
    await reader.saveImage();
    await reader.saveImage();
    expect(images.writes).toBe(1);
    await commit({ 'small.ts': 'export const okapi = 1;\n' });
    await reader.catchUp();
    await reader.saveImage();
    expect(images.writes).toBe(1);
    await commit({ 'other.ts': large('okapi', 20) });
    await reader.catchUp();
    await reader.saveImage();
    expect(images.writes).toBe(2);
  });

  test('not for a folder of a few files, and not of half an index', async () => {
    await commit({ 'large.ts': 'gone();\n' });
    const small = await opened();
    await small.saveImage();
    await commit({ 'large.ts': large('quagga') }, { complete: false });
    await small.catchUp();
    await small.saveImage();
    expect(images.writes).toBe(0);
  });

  test('not while unsaved text is in memory, which comes into none that is made later', async () => {
    const reader = await opened();
    const text = 'export const swordfish9 = stripes(1);\n';
    const committed = hashOf('export const zebra = stripes(1);\n');
    await reader.overlay('small.ts', segmentOf({ 'small.ts': text }), committed);
    await reader.saveImage();
    expect(images.writes).toBe(0);
    await reader.restore('small.ts');
    await reader.saveImage();
    expect(images.writes).toBe(1);
    const bytes = (images.parts ?? []).filter((part) => part instanceof Uint8Array);
    const image = Buffer.concat(bytes).toString('latin1');
    expect([image.includes('zebra'), image.includes('swordfish')]).toEqual([true, false]);
  });

  test('not when memory is to change meanwhile, which does not wait for it', async () => {
    const reader = await opened();
    let followed: Promise<void> | undefined;
    images.beforeWrite = async () => {
      await commit({ 'new.ts': 'gnu();\n' });
      followed ??= reader.catchUp();
    };
    await reader.saveImage();
    await followed;
    expect([images.writes, found(reader, 'gnu')]).toEqual([0, ['new.ts']]);
  });

  test('without anybody being bothered when the disk is full', async () => {
    const reader = await opened();
    images.beforeWrite = () => Promise.reject(new Error('ENOSPC'));
    await expect(reader.saveImage()).resolves.toBeUndefined();
    expect(found(reader, 'zebra')).toEqual(['small.ts']);
  });
});

describe('an image with a damaged page', () => {
  /** Pages fail from now on when they are read. */
  function spoil(): void {
    images.parts = images.parts?.map((part) =>
      part instanceof Uint8Array
        ? part
        : {
            count: part.count,
            has: (page) => part.has(page),
            read() {
              throw new ImageCorruptError('wrong checksum');
            },
          },
    );
  }

  test('is built anew in the background, and removed', async () => {
    await saved();
    spoil();
    const reader = await opened();
    await expect.poll(() => images.parts).toBeUndefined();
    await reader.catchUp();
    expect([found(reader, 'zebra'), found(reader, 'quagga')]).toEqual([['small.ts'], ['large.ts']]);
  });

  test('does not keep a change from being followed', async () => {
    await saved();
    spoil();
    await commit({ 'small.ts': 'export const okapi = quagga;\n' });
    const reader = await opened();
    expect([found(reader, 'okapi'), found(reader, 'zebra')]).toEqual([['small.ts'], []]);
  });
});

describe('what meets damaged memory', () => {
  const damage = new ImageCorruptError('wrong checksum');

  test('is asked again once memory is built anew, if it is a search', async () => {
    let isSound = false;
    const rebuild = () => {
      isSound = true;
      return Promise.resolve();
    };
    const search = () => (isSound ? Promise.resolve('found') : Promise.reject(damage));
    await expect(withSoundMemory({ rebuild }, search)).resolves.toBe('found');
  });

  test('says nothing for once, if it is a completion', () => {
    let rebuilds = 0;
    const rebuild = () => {
      rebuilds++;
      return Promise.resolve();
    };
    const model = new WorkspaceModel();
    model.complete = () => {
      throw damage;
    };
    expect(completeSoundly({ model, rebuild }, { path: 'a.ts', text: '', offset: 0 })).toBeUndefined();
    expect(rebuilds).toBe(1);
  });

  test('is not taken for other failures', async () => {
    const rebuild = () => Promise.reject(new Error('not asked for'));
    await expect(withSoundMemory({ rebuild }, () => Promise.reject(new Error('other')))).rejects.toThrow(
      'other',
    );
  });
});
