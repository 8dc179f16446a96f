import { beforeEach, expect, test } from 'vitest';
import { sha256Digest } from '../../../src/adapters/files/sha256Digest.ts';
import { createCodeChunker } from '../../../src/core/chunking/codeChunker.ts';
import { LexicalIndex } from '../../../src/core/retrieval/lexicalIndex.ts';
import { UnsavedFiles } from '../../../src/engine/query/unsavedFiles.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { segmentOf } from '../../support/segmentOf.ts';

let lexical: LexicalIndex;
let committed: Map<string, string>;
let buffers: Map<string, string>;
let restored: string[];
let commitMeanwhile: () => void;
let clock: FakeClock;
let unsaved: UnsavedFiles;

const commit = (path: string, text: string) => {
  committed.set(path, text);
  const segment = segmentOf({ [path]: text });
  for (const file of segment.files) lexical.addFile(segment, file);
};
const hash = (text: string) => sha256Digest(new TextEncoder().encode(text));
const found = (word: string) => lexical.search(word, 9).map(({ path }) => path);
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
const type = async (path: string, text: string) => {
  buffers.set(path, text);
  unsaved.changed();
  clock.advance(250);
  await settle();
};

beforeEach(() => {
  lexical = new LexicalIndex();
  committed = new Map();
  buffers = new Map();
  restored = [];
  commitMeanwhile = () => undefined;
  clock = new FakeClock();
  unsaved = new UnsavedFiles({
    loaded: {
      hashOf: (path) => {
        const text = committed.get(path);
        return text === undefined ? undefined : hash(text);
      },
      overlay: (path, segment, hashOfCommitted) => {
        commitMeanwhile();
        const isCurrent = hash(committed.get(path) ?? '') === hashOfCommitted;
        if (isCurrent) for (const file of segment.files) lexical.addFile(segment, file);
        return Promise.resolve(isCurrent);
      },
      restore: (path) => {
        restored.push(path);
        commit(path, committed.get(path) ?? '');
        return Promise.resolve();
      },
    },
    buffers: () => buffers,
    hash: sha256Digest,
    chunker: createCodeChunker(),
    clock,
    // Real time would have it pause for longer than a test waits.
    createPause: () => () => Promise.resolve(),
  });
  commit('a.ts', 'export const zebra = 1;\n');
  commit('b.ts', 'export const giraffe = 2;\n');
});

test('searches find text that is in an editor only, and not what was deleted there', async () => {
  await type('a.ts', 'export const quagga = 1;\n');
  expect(found('quagga')).toEqual(['a.ts']);
  expect(found('zebra')).toEqual([]);
  expect(unsaved.has('a.ts')).toBe(true);
  expect(unsaved.has('b.ts')).toBe(false);
});

test('a buffer that is closed without saving leaves what is committed', async () => {
  await type('a.ts', 'export const quagga = 1;\n');
  buffers.delete('a.ts');
  await unsaved.update();
  expect([found('quagga'), found('zebra'), restored]).toEqual([[], ['a.ts'], ['a.ts']]);
  expect(unsaved.has('a.ts')).toBe(false);
});

test('so does undoing all changes', async () => {
  await type('a.ts', 'export const quagga = 1;\n');
  await type('a.ts', 'export const zebra = 1;\n');
  expect([found('quagga'), found('zebra')]).toEqual([[], ['a.ts']]);
});

test('what is committed meanwhile does not hide what is still unsaved', async () => {
  await type('a.ts', 'export const quagga = 1;\n');
  commit('a.ts', 'export const okapi = 1;\n');
  await unsaved.update();
  expect([found('quagga'), found('okapi')]).toEqual([['a.ts'], []]);
});

test('what is committed while the text is being taken in does not hide it either, nor is it taken for the text', async () => {
  commitMeanwhile = () => commit('a.ts', 'export const okapi = 1;\n');
  await type('a.ts', 'export const quagga = 1;\n');
  expect([found('quagga'), found('okapi'), unsaved.has('a.ts')]).toEqual([[], ['a.ts'], false]);
  commitMeanwhile = () => undefined;
  await unsaved.update();
  expect([found('quagga'), found('okapi'), unsaved.has('a.ts')]).toEqual([['a.ts'], [], true]);
});

test('a saved buffer is an ordinary file again, without loading it a second time', async () => {
  await type('a.ts', 'export const quagga = 1;\n');
  commit('a.ts', 'export const quagga = 1;\n');
  await unsaved.update();
  expect([found('quagga'), unsaved.has('a.ts'), restored]).toEqual([['a.ts'], false, []]);
});

test('a buffer with unsaved text from the last session is found once its file is loaded', async () => {
  buffers.set('c.ts', 'export const quagga = 1;\n');
  await unsaved.update();
  expect(found('quagga')).toEqual([]);
  commit('c.ts', 'export const zorse = 1;\n');
  await unsaved.update();
  expect(found('quagga')).toEqual(['c.ts']);
});

test('files that are not indexed, and very long texts, are left alone', async () => {
  await type('ignored.ts', 'export const quagga = 1;\n');
  await type('b.ts', `export const okapi = 1;\n${'x;\n'.repeat(70_000)}`);
  expect([found('quagga'), found('okapi'), found('giraffe')]).toEqual([[], [], ['b.ts']]);
});

test('nothing is done while keys are coming', () => {
  buffers.set('a.ts', 'export const quagga = 1;\n');
  for (let key = 0; key < 20; key++) {
    unsaved.changed();
    clock.advance(200);
  }
  expect(found('quagga')).toEqual([]);
  unsaved.dispose();
  clock.advance(1_000);
  expect(found('quagga')).toEqual([]);
});

test('a long buffer is looked at in many steps, with a pause offered after each', async () => {
  let pauses = 0;
  const overlaid: string[] = [];
  const patient = new UnsavedFiles({
    loaded: {
      hashOf: () => 'committed',
      overlay: (path) => Promise.resolve(overlaid.push(path) > 0),
      restore: () => Promise.resolve(),
    },
    buffers: () => [['a.ts', 'export const quagga = 1;\n'.repeat(7000)]],
    hash: sha256Digest,
    chunker: createCodeChunker(),
    clock,
    createPause: () => () => {
      pauses++;
      return Promise.resolve();
    },
  });
  await patient.update();
  expect(overlaid).toEqual(['a.ts']);
  expect(pauses).toBeGreaterThan(8);
});
