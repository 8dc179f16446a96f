import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createNodeFileTree } from '../../../src/adapters/files/nodeFileTree.ts';
import { discover, discoverPaths } from '../../../src/core/indexing/discover.ts';

let base: string;
let root: string;

beforeEach(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), 'touchstone-odd-')));
  root = join(base, 'root');
  await mkdir(root);
});

afterEach(async () => {
  await rm(base, { recursive: true, force: true });
});

test.skipIf(process.platform === 'win32')('pipes, sockets and links are named and not opened', async () => {
  execFileSync('mkfifo', [join(root, 'pipe.ts')]);
  const server = createServer().listen(join(root, 'server.sock'));
  await symlink('.', join(root, 'loop'));
  await symlink(base, join(root, 'out'));
  await symlink('nowhere', join(root, 'broken.ts'));
  await writeFile(join(root, 'a.ts'), '');
  const tree = await createNodeFileTree(root);
  const found = await discover(tree);
  expect(found.files.map(({ path }) => path)).toEqual(['a.ts']);
  expect(found.skipped).toEqual([
    { path: 'broken.ts', reason: 'link' },
    { path: 'loop', reason: 'link' },
    { path: 'out', reason: 'link' },
    { path: 'pipe.ts', reason: 'special' },
    { path: 'server.sock', reason: 'special' },
  ]);
  await expect(discoverPaths(tree, ['loop/a.ts', 'loop/loop/a.ts', 'out/x'])).resolves.toMatchObject({
    files: [],
  });
  server.close();
});

test.skipIf(process.platform === 'win32')(
  'names of any kind are found as a whole and one by one',
  async () => {
    const names = [
      'new\nline.ts',
      '-rf',
      'naïve ☕.ts',
      'Makefile',
      "quote'.ts",
      'star*.ts',
      'back\\slash.ts',
      // Two files on a disk that keeps names as they are.
      ...(process.platform === 'linux' ? ['caf\u00e9.ts', 'cafe\u0301.ts'] : []),
    ];
    for (const name of names) await writeFile(join(root, name), 'x');
    const tree = await createNodeFileTree(root);
    const { files } = await discover(tree);
    expect(files.map(({ path }) => path)).toEqual(names.toSorted());
    for (const name of names) {
      const alone = await discoverPaths(tree, [name]);
      expect(alone.files.map(({ path }) => path)).toEqual([name]);
    }
  },
);

test('a rename that changes the case only leaves one file', async () => {
  await writeFile(join(root, 'name.ts'), 'x');
  await rename(join(root, 'name.ts'), join(root, 'Name.ts'));
  const found = await discoverPaths(await createNodeFileTree(root), ['name.ts', 'Name.ts']);
  expect(found.files.map(({ path }) => path)).toEqual(['Name.ts']);
  expect(found.skipped).toEqual([]);
});

test.runIf(process.platform === 'linux')('no more is read of a file than it says it has', async () => {
  await writeFile(join(root, 'a.ts'), 'ä'.repeat(100_000));
  const tree = await createNodeFileTree(root);
  expect(new TextDecoder().decode(await tree.read('a.ts', 1e7))).toBe('ä'.repeat(100_000));
  // Such files have no end, or one that is reached in days.
  const made = await createNodeFileTree('/proc/self');
  for (const path of ['mem', 'pagemap', 'status']) expect(await made.read(path, 1e7)).toHaveLength(0);
});

test.skipIf(process.platform !== 'linux')('what lies deeper than a path can say is left out', async () => {
  const half = Array.from({ length: 10 }, () => 'd'.repeat(200)).join('/');
  await mkdir(join(root, 'upper', half), { recursive: true });
  await mkdir(join(base, 'lower', half, 'e'.repeat(200)), { recursive: true });
  // No single path leads down there, so what is deep moves in from where it was less so.
  execFileSync('mv', [join(base, 'lower'), '.'], { cwd: join(root, 'upper', half) });
  await writeFile(join(root, 'a.ts'), 'a');
  const { files, skipped } = await discover(await createNodeFileTree(root));
  execFileSync('rm', ['-r', join(root, 'upper')]);
  expect(files.map(({ path }) => path)).toEqual(['a.ts']);
  expect(skipped).toEqual([{ path: expect.stringMatching(/^upper.*\/$/) as string, reason: 'unreadable' }]);
});
