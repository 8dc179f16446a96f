import { existsSync, readdirSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { canMakeReadOnly, makeReadOnly } from '../../support/makeReadOnly.ts';
import { runTouchstone } from '../../support/runTouchstone.ts';

let base: string;
let workspace: string;
let store: string;
let undo: (() => void) | undefined;

const touchstone = (...args: readonly string[]) => runTouchstone([...args, '--store', store]);

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'touchstone-no-index-'));
  workspace = join(base, 'workspace');
  await mkdir(workspace);
  await writeFile(join(workspace, 'gate.ts'), 'export function openGate(): void {}\n');
});
beforeEach(() => {
  store = join(base, 'store');
});
afterEach(() => {
  undo?.();
  undo = undefined;
  rmSync(store, { recursive: true, force: true });
});
afterAll(() => rm(base, { recursive: true }));

describe('touchstone search --no-index', () => {
  test('makes no index of a folder that has none', async () => {
    const { code, out, err } = await touchstone('search', workspace, 'gate', '--no-index');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(`${workspace} is not indexed.`);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(existsSync(store)).toBe(false);
  });

  test('finds nothing in an index of an empty folder, which is an index', async () => {
    const empty = join(base, 'empty');
    await mkdir(empty);
    expect((await touchstone('index', empty)).code).toBe(0);
    expect(await touchstone('search', empty, 'gate', '--no-index', '--json')).toEqual({
      code: 0,
      out: '[]\n',
      err: '',
    });
  });

  test('leaves an index of an older version as it is', async () => {
    await touchstone('index', workspace);
    const manifest = new DatabaseSync(join(store, 'manifest.sqlite'));
    manifest.exec('PRAGMA user_version = 1');
    manifest.close();
    const { code, err } = await touchstone('search', workspace, 'gate', '--no-index');
    expect(code).toBe(2);
    expect(err).toContain('stored by an older version');
    const again = await touchstone('search', workspace, 'gate');
    expect(again).toMatchObject({ code: 0, err: '' });
    expect(again.out).toContain('gate.ts:1-1');
    expect(readdirSync(store).filter((name) => name.includes('damaged'))).toEqual([]);
  });

  test.runIf(canMakeReadOnly())(
    'reads where it cannot write, as the message for the others says',
    async () => {
      await touchstone('index', workspace);
      undo = makeReadOnly(store);
      const before = readdirSync(store);
      expect(await touchstone('search', workspace, 'gate', '--no-index')).toMatchObject({
        code: 0,
        out: expect.stringContaining('gate.ts:1-1') as string,
        err: '',
      });
      const { code, out, err } = await touchstone('search', workspace, 'gate');
      expect({ code, out }).toEqual({ code: 1, out: '' });
      expect(err).toMatch(/add --no-index[^]*cannot be (written|used)/);
      expect(readdirSync(store)).toEqual(before);
    },
  );
});

describe('--store', () => {
  test.each(['.index [1] of *it*', '..index'])(
    'in the folder itself, as %s, is not a part of what is indexed',
    async (name) => {
      store = join(workspace, name);
      for (const round of [1, 2, 3]) {
        const { out } = await touchstone('index', workspace, '--json');
        const { files, skipped } = JSON.parse(out) as { files: number; skipped: { path: string }[] };
        expect(files, `round ${round}`).toBe(1);
        expect(skipped.filter(({ path }) => path.includes('manifest'))).toEqual([]);
      }
    },
  );

  test('with a folder that holds nothing any more but what was set aside is taken for a store', async () => {
    await mkdir(store, { mode: 0o700 });
    await writeFile(join(store, 'aside.json'), '[]');
    expect((await touchstone('index', workspace)).code).toBe(0);
  });

  test('with a folder that holds something else is refused before anything in it is touched', async () => {
    await mkdir(join(store, 'segments'), { recursive: true });
    await writeFile(join(store, 'segments/mine.txt'), 'mine');
    await writeFile(join(store, 'package.json'), '{}');
    const { code, err } = await touchstone('index', workspace);
    expect(code).toBe(2);
    expect(err).toContain('holds other files and no index');
    expect(readdirSync(join(store, 'segments'))).toEqual(['mine.txt']);
  });

  test.runIf(process.platform === 'linux')('fails at once where no folder can be made', async () => {
    store = '/proc/touchstone/store';
    for (const args of [
      ['index', workspace],
      ['search', workspace, 'gate'],
    ]) {
      const { code, err } = await touchstone(...args);
      expect(code).toBe(1);
      expect(err).toMatch(/^\/proc\/touchstone\/store\S* cannot be used/);
    }
  });
});
