import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  openFolderStore,
  openIndexReplica,
  type OpenIndexReplica,
} from '../../../src/engine/workspace/folderStores.ts';
import { silentLogger } from '../../support/silentLogger.ts';
import { wordMethod } from '../../support/wordMethod.ts';
import { openIndex } from '../crash/openIndex.ts';

let base: string;
const root = () => join(base, 'workspace');
const store = () => join(base, 'store');
const image = () => join(store(), 'memory.image');

/** More than a thousand chunks; every file has a function of its own name. */
function writeFiles(): void {
  mkdirSync(root());
  for (let number = 0; number < 120; number++) {
    const functions = Array.from(
      { length: 240 },
      (_, at) => `export function keeper${number}part${at}(first) {\n  return store.put(first, ${at});\n}\n`,
    );
    writeFileSync(join(root(), `file${number}.ts`), functions.join('\n'));
  }
}

async function indexed(): Promise<void> {
  const { store: opened, indexer } = await openIndex(root(), store());
  await indexer.refresh();
  await opened.close();
}

async function withReader<T>(work: (opened: OpenIndexReplica) => Promise<T> | T): Promise<T> {
  const config = { root: root(), store: store() };
  const opened = await openIndexReplica(config, silentLogger, wordMethod());
  try {
    await opened.reader.catchUp();
    return await work(opened);
  } finally {
    await opened.close();
  }
}

const NAMES = ['keeper7part11', 'keeper119part239', 'keeper0part0'];
const search = ({ reader }: OpenIndexReplica) =>
  NAMES.map((name) => reader.lexical.search(name, 3).map(({ path, ordinal }) => [path, ordinal]));
const complete = ({ reader }: OpenIndexReplica) => {
  const text = 'function other(first) {\n  return store.';
  return reader.model.rate({ path: 'new.ts', text, offset: text.length }).map(({ text }) => text);
};
const answers = (opened: OpenIndexReplica) => ({ hits: search(opened), completions: complete(opened) });

beforeEach(async () => {
  base = mkdtempSync(join(tmpdir(), 'touchstone-image-'));
  writeFiles();
  await indexed();
});

afterEach(() => {
  rmSync(base, { recursive: true, force: true });
});

describe('an index on disk with an image of memory', () => {
  test('answers as before at the next start, after changes too, and is cleared with the index', async () => {
    const before = await withReader(async (opened) => {
      await opened.reader.saveImage();
      return answers(opened);
    });
    expect(before.hits.every((hits) => hits.length > 0)).toBe(true);
    expect(before.completions[0]).toContain('put(first');
    expect(existsSync(image())).toBe(true);
    expect(await withReader(answers)).toEqual(before);

    writeFileSync(join(root(), 'file7.ts'), 'export const okapi = 1;\n');
    await indexed();
    const after = await withReader(({ reader }) => [
      reader.lexical.search('okapi', 3).map(({ path }) => path),
      reader.lexical.search('keeper7part11', 3).filter(({ path }) => path === 'file7.ts'),
    ]);
    expect(after).toEqual([['file7.ts'], []]);

    const cleared = await openFolderStore({ root: root(), store: store() }, silentLogger);
    await cleared.clear();
    await cleared.close();
    expect(existsSync(image())).toBe(false);
  });

  test('finds everything however the image is damaged', async () => {
    const before = await withReader(async (opened) => {
      await opened.reader.saveImage();
      return search(opened);
    });
    const sound = readFileSync(image());
    const spoilt = {
      'cut in half': sound.subarray(0, sound.length / 2),
      empty: Buffer.alloc(0),
      'of zeros': Buffer.alloc(sound.length),
      'altered in every page': Buffer.from(sound).map((byte, at) =>
        at % 60_000 === 59_999 ? byte ^ 1 : byte,
      ),
    };
    for (const [how, bytes] of Object.entries(spoilt)) {
      writeFileSync(image(), bytes);
      const found = await withReader(async (opened) => {
        // What is damaged is found out at the latest when all of it has been read.
        await expect.poll(() => search(opened)).toEqual(before);
        return search(opened);
      });
      expect([how, found]).toEqual([how, before]);
    }
  });
});
