import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openIndexStore } from '../../../src/adapters/sqlite/indexStore.ts';
import { canMakeReadOnly, makeReadOnly } from '../../support/makeReadOnly.ts';
import { silentLogger } from '../../support/silentLogger.ts';
import { filledFolder } from './filledFolder.ts';
import { commitMarked, loadWhole } from './generations.ts';
import { recordingLogger } from './recordingLogger.ts';

const open = (directory: string, isReadOnly = false) =>
  openIndexStore(directory, silentLogger, { isReadOnly });

/** Content and times of all files. */
function stateOf(folder: string) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return files.map(({ parentPath, name }) => {
    const file = join(parentPath, name);
    return [file, statSync(file).mtimeMs, readFileSync(file, 'latin1')];
  });
}

describe.runIf(canMakeReadOnly())('a store that cannot be written', () => {
  it.each([false, true])('can be read (opened for reading only: %s)', async (isReadOnly) => {
    const directory = await filledFolder();
    onTestFinished(makeReadOnly(directory));
    const before = stateOf(directory);
    const store = await open(directory, isReadOnly);
    expect(await loadWhole(store)).toMatchObject({ generation: 1, recipe: '1' });
    expect(await store.generation()).toBe(1);
    await expect(store.write((writer) => commitMarked(writer, '2'))).rejects.toMatchObject({
      code: expect.stringMatching(/^store-(read-only|unusable)$/) as string,
    });
    await store.close();
    expect(stateOf(directory)).toEqual(before);
  });

  it.each([
    ['of which the system has lost what is shared', true],
    ['as it was', false],
  ])(
    'can be read when its writer was killed, and had not moved its log into the database, %s',
    async (_, isLost) => {
      const directory = await filledFolder();
      const writing = await open(directory);
      await writing.write((writer) => commitMarked(writer, '2'));
      const killed = `${directory}/killed`;
      const left = readdirSync(directory).map((name) => [name, join(directory, name)] as const);
      mkdirSync(killed);
      for (const [name, path] of left) cpSync(path, join(killed, name), { recursive: true });
      await writing.close();
      if (isLost) rmSync(join(killed, 'manifest.sqlite-shm'));
      expect(statSync(join(killed, 'manifest.sqlite-wal')).size).toBeGreaterThan(0);
      onTestFinished(makeReadOnly(killed));
      const store = await open(killed);
      expect(await loadWhole(store)).toMatchObject({ generation: 2, recipe: '2' });
      await store.close();
    },
  );

  it('shows what its owner commits meanwhile', async () => {
    const directory = await filledFolder();
    const makeWritable = makeReadOnly(directory);
    const store = await open(directory).finally(makeWritable);
    onTestFinished(() => store.close());
    const owner = await open(directory);
    await owner.write((writer) => commitMarked(writer, '2'));
    await owner.close();
    expect(await store.generation()).toBe(2);
    expect((await loadWhole(store)).recipe).toBe('2');
  });
});

describe('a store that is only to be read', () => {
  it('shows what others commit, and leaves nothing beside it', async () => {
    const directory = await filledFolder();
    const reader = await open(directory, true);
    const writer = await open(directory);
    await writer.write((each) => commitMarked(each, '2'));
    expect((await loadWhole(reader)).recipe).toBe('2');
    await writer.close();
    await reader.close();
    expect(readdirSync(directory).filter((name) => /-(wal|shm)$/.test(name))).toEqual([]);
  });

  it.each([
    ['there is none', (directory: string) => rmSync(directory, { recursive: true })],
    ['its database is empty', (directory: string) => writeFileSync(join(directory, 'manifest.sqlite'), '')],
  ])('is not created when %s', async (_, spoil) => {
    const directory = await filledFolder();
    spoil(directory);
    const before = existsSync(directory) && stateOf(directory);
    await expect(open(directory, true)).rejects.toMatchObject({ code: 'store-missing' });
    expect(existsSync(directory) && stateOf(directory)).toEqual(before);
  });

  it('is not replaced when it is damaged', async () => {
    const directory = await filledFolder();
    writeFileSync(join(directory, 'manifest.sqlite'), 'not a database at all'.repeat(500));
    const before = stateOf(directory);
    const log = recordingLogger();
    const opening = openIndexStore(directory, log, { isReadOnly: true });
    await expect(opening).rejects.toMatchObject({ code: 'store-corrupt' });
    expect(stateOf(directory)).toEqual(before);
    expect(log.messages).toEqual([]);
  });
});
