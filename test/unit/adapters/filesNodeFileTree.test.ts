import { chmod, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DiskTurns } from '../../../src/adapters/files/diskTurns.ts';
import { createNodeFileTree } from '../../../src/adapters/files/nodeFileTree.ts';
import { FolderNotFoundError, PathOutsideError } from '../../../src/core/errors/pathErrors.ts';
import { discover } from '../../../src/core/indexing/discover.ts';
import type { FileTree } from '../../../src/core/ports/files.ts';

let base: string;
let root: string;
let tree: FileTree;

beforeEach(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), 'touchstone-files-')));
  root = join(base, 'workspace');
  await mkdir(join(root, 'src'), { recursive: true });
  await writeFile(join(root, 'src', 'a.ts'), 'a\r\nb\r\n');
  await writeFile(join(base, 'outside.ts'), 'outside');
  tree = await createNodeFileTree(root);
});

afterEach(async () => {
  await rm(base, { recursive: true, force: true });
});

const text = async (path: string) => new TextDecoder().decode(await tree.read(path, 1e7));

test('lists entries by name with their kinds', async () => {
  await writeFile(join(root, 'Z.ts'), '');
  await writeFile(join(root, 'b.ts'), '');
  await symlink('b.ts', join(root, 'link.ts'));
  await symlink('nowhere', join(root, 'broken'));
  expect(await tree.list('')).toEqual([
    { name: 'Z.ts', kind: 'file', isLink: false },
    { name: 'b.ts', kind: 'file', isLink: false },
    { name: 'broken', kind: 'other', isLink: true },
    { name: 'link.ts', kind: 'other', isLink: true },
    { name: 'src', kind: 'folder', isLink: false },
  ]);
  await mkdir(join(root, 'empty'));
  expect(await tree.list('empty')).toEqual([]);
  await expect(tree.list('gone')).rejects.toThrow('ENOENT');
});

test('reads bytes as they are', async () => {
  expect(await text('src/a.ts')).toBe('a\r\nb\r\n');
  await writeFile(join(root, 'line.txt'), 'x'.repeat(3_000_000));
  expect((await tree.read('line.txt', 1e7)).length).toBe(3_000_000);
  await expect(tree.read('gone.ts', 1e7)).rejects.toThrow('ENOENT');
});

test('knows size and time of regular files only', async () => {
  const stat = await tree.stat('src/a.ts');
  expect(stat?.size).toBe(6);
  expect(stat?.modifiedMs).toBeGreaterThan(Date.parse('2020-01-01'));
  await symlink('src/a.ts', join(root, 'link.ts'));
  for (const path of ['src', 'gone.ts', 'src/a.ts/below', 'link.ts', '']) {
    expect(await tree.stat(path)).toBeUndefined();
  }
});

describe('paths out of the folder', () => {
  test.each(['..', '../outside.ts', 'src/../../outside.ts'])('%s cannot be reached', async (path) => {
    await expect(tree.read(path, 1e7)).rejects.toThrow(PathOutsideError);
    await expect(tree.list(path)).rejects.toThrow(PathOutsideError);
    expect(await tree.stat(path)).toBeUndefined();
  });

  test('links cannot lead there', async () => {
    await symlink(join(base, 'outside.ts'), join(root, 'link.ts'));
    await symlink(base, join(root, 'up'));
    await expect(tree.read('link.ts', 1e7)).rejects.toThrow(PathOutsideError);
    await expect(tree.read('up/outside.ts', 1e7)).rejects.toThrow(PathOutsideError);
    await expect(tree.list('up')).rejects.toThrow(PathOutsideError);
    await expect(tree.realPath('up')).rejects.toThrow(PathOutsideError);
    expect(await tree.stat('up/outside.ts')).toBeUndefined();
  });

  test('a folder replaced by such a link is noticed', async () => {
    await tree.list('src');
    await rm(join(root, 'src'), { recursive: true });
    await symlink(base, join(root, 'src'));
    await expect(tree.read('src/outside.ts', 1e7)).rejects.toThrow(PathOutsideError);
    await expect(tree.list('src')).rejects.toThrow(PathOutsideError);
    expect(await tree.stat('src/outside.ts')).toBeUndefined();
  });

  test('a name that merely begins with dots is inside', async () => {
    await writeFile(join(root, '..a.ts'), 'dots');
    expect(await text('..a.ts')).toBe('dots');
  });
});

test('real paths have links resolved', async () => {
  await symlink('src', join(root, 'alias'));
  expect(await tree.realPath('')).toBe('');
  expect(await tree.realPath('src/a.ts')).toBe('src/a.ts');
  expect(await tree.realPath('alias/a.ts')).toBe('src/a.ts');
  await expect(tree.realPath('gone')).rejects.toThrow('ENOENT');
});

describe('the root', () => {
  test('may be reached through a link', async () => {
    await symlink(root, join(base, 'link'));
    const linked = await createNodeFileTree(join(base, 'link'));
    expect((await linked.list('src')).map((entry) => entry.name)).toEqual(['a.ts']);
  });

  test('must be there and be a folder', async () => {
    const missing = join(base, 'missing');
    await expect(createNodeFileTree(missing)).rejects.toThrow(FolderNotFoundError);
    await expect(createNodeFileTree(missing)).rejects.toThrow(`There is no folder at ${missing}.`);
    await expect(createNodeFileTree(join(base, 'outside.ts'))).rejects.toThrow(FolderNotFoundError);
  });

  test('may lie in a folder that is left out by default', async () => {
    const inner = join(base, 'node_modules', 'pkg');
    await mkdir(join(inner, 'node_modules', 'dep'), { recursive: true });
    await writeFile(join(inner, 'index.js'), '');
    const found = await discover(await createNodeFileTree(inner));
    expect(found.files.map((file) => file.path)).toEqual(['index.js']);
    expect(found.skipped).toEqual([{ path: 'node_modules/', reason: 'ignored' }]);
  });
});

test('a link loop on disk is not walked', async () => {
  await symlink('..', join(root, 'src', 'loop'));
  const found = await discover(tree);
  expect(found.files.map((file) => file.path)).toEqual(['src/a.ts']);
  expect(found.skipped).toEqual([{ path: 'src/loop', reason: 'link' }]);
});

test.skipIf(process.getuid?.() === 0)('an unreadable folder is skipped', async () => {
  await chmod(join(root, 'src'), 0);
  const found = await discover(tree);
  expect(found.skipped).toEqual([{ path: 'src/', reason: 'unreadable' }]);
  await chmod(join(root, 'src'), 0o755);
});

describe('turns of a disk', () => {
  /** How 3,000 questions are asked, `a` for at once and `b` for beside others, when each takes so many ms. */
  async function ways(took: (nth: number) => number): Promise<string> {
    let time = 0;
    let ways = '';
    const turns = new DiskTurns(() => time);
    for (let nth = 0; nth < 3000; nth++) {
      const ask = (way: string) => {
        ways += way;
        time += took(nth);
        return way;
      };
      await turns.take(
        () => ask('a'),
        () => Promise.resolve(ask('b')),
      );
    }
    return ways;
  }

  test('are taken at once while most answers are quick, however long some take', async () => {
    expect(await ways(() => 0.01)).toMatch(/^a+$/);
    expect(await ways((nth) => (nth % 2 === 0 ? 500 : 0.01))).toMatch(/^a+$/);
  });

  test('are taken beside each other once most are slow, and tried again later', async () => {
    expect(await ways(() => 5)).toMatch(/^a{32}b{2048}a{32}b+$/);
    expect(await ways((nth) => (nth < 32 ? 5 : 0.01))).toMatch(/^a{32}b{2048}a+$/);
  });

  test('fail as the question does, and count all the same', async () => {
    let time = 0;
    const turns = new DiskTurns(() => time);
    const fail = () => {
      time += 5;
      throw new Error('gone');
    };
    for (let nth = 0; nth < 32; nth++) {
      await expect(turns.take(fail, () => Promise.resolve())).rejects.toThrow('gone');
    }
    await expect(turns.take(fail, () => Promise.resolve('beside'))).resolves.toBe('beside');
  });
});
