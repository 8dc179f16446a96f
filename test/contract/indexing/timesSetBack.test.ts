import {
  copyFileSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sha256Digest } from '../../../src/adapters/files/sha256Digest.ts';
import { openIndex } from '../crash/openIndex.ts';

let base: string;
const at = (name: string) => join(base, 'workspace', name);
const OLD = 'export const tide = 1;\n';
const NEW = 'export const wave = 2;\n';

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'touchstone-times-'));
  mkdirSync(at(''));
});
afterEach(() => {
  rmSync(base, { recursive: true, force: true });
});

/** Gives a file the times of another, as tools do that keep them. */
function setTimes(path: string, { atime, mtime }: { readonly atime: Date; readonly mtime: Date }): void {
  utimesSync(path, atime, mtime);
}

const changes: Readonly<Record<string, () => void>> = {
  'written over, its time set back': () => {
    const before = statSync(at('a.ts'));
    writeFileSync(at('a.ts'), NEW);
    setTimes(at('a.ts'), before);
  },
  'replaced by another file of the same time, as rsync does': () => {
    writeFileSync(at('.a.ts.tmp'), NEW);
    setTimes(at('.a.ts.tmp'), statSync(at('a.ts')));
    renameSync(at('.a.ts.tmp'), at('a.ts'));
  },
  'restored from a copy that kept its time': () => {
    const before = statSync(at('a.ts'));
    writeFileSync(join(base, 'backup.ts'), NEW);
    copyFileSync(join(base, 'backup.ts'), at('a.ts'));
    setTimes(at('a.ts'), before);
  },
  'deleted and linked to another of the same time': () => {
    writeFileSync(join(base, 'other.ts'), NEW);
    setTimes(join(base, 'other.ts'), statSync(at('a.ts')));
    unlinkSync(at('a.ts'));
    linkSync(join(base, 'other.ts'), at('a.ts'));
  },
  'swapped with its neighbour of the same size and time': () => {
    renameSync(at('a.ts'), at('c.ts'));
    renameSync(at('b.ts'), at('a.ts'));
    renameSync(at('c.ts'), at('b.ts'));
  },
};

test.each(Object.keys(changes))('a file that is %s is indexed anew', async (change) => {
  const { store, indexer } = await openIndex(at(''), join(base, 'store'));
  writeFileSync(at('a.ts'), OLD);
  writeFileSync(at('b.ts'), NEW);
  setTimes(at('b.ts'), statSync(at('a.ts')));
  setTimes(at('a.ts'), statSync(at('b.ts')));
  await indexer.refresh();
  const before = statSync(at('a.ts'));

  changes[change]?.();
  expect(statSync(at('a.ts')), 'nothing but the content tells').toMatchObject({
    size: before.size,
    mtimeMs: before.mtimeMs,
  });
  await indexer.refresh();

  expect((await store.snapshot()).files.get('a.ts')?.hash).toBe(sha256Digest(Buffer.from(NEW)));
  await store.close();
});
