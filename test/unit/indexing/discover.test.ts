import { describe, expect, test } from 'vitest';
import { discover, discoverPaths, isRuleFile, type Discovery } from '../../../src/core/indexing/discover.ts';
import { MemoryTree } from '../../support/memoryTree.ts';

const paths = ({ files }: Discovery) => files.map((file) => file.path);
const skips = ({ skipped }: Discovery) => skipped.map(({ path, reason }) => `${path}: ${reason}`);

describe('the whole tree', () => {
  test('files come in path order with size and time', async () => {
    const tree = new MemoryTree({ 'b.ts': 'bb', 'a/z.ts': 'z', 'a-b.ts': '', 'a.ts': 'a' });
    const found = await discover(tree);
    expect(paths(found)).toEqual(['a-b.ts', 'a.ts', 'a/z.ts', 'b.ts']);
    expect(found.files[3]).toEqual({ path: 'b.ts', size: 2, modifiedMs: 1 });
    expect(found.skipped).toEqual([]);
  });

  test('an empty folder gives nothing', async () => {
    expect(await discover(new MemoryTree())).toEqual({ files: [], skipped: [] });
  });

  test('every skipped file has its reason, a skipped folder is named once', async () => {
    const tree = new MemoryTree({
      '.git/HEAD': 'ref',
      '.gitignore': '*.log\nbuild/\n',
      'a.log': '',
      'build/x.js': '',
      'build/y.js': '',
      'node_modules/p/index.js': '',
      '.env': 'KEY=1',
      'logo.PNG': '',
      'package-lock.json': '{}',
      'lib.min.js': '',
      'big.txt': 'x'.repeat(101),
      'ok.ts': '',
    });
    const found = await discover(tree, { maxBytes: 100 });
    expect(paths(found)).toEqual(['.gitignore', 'ok.ts']);
    expect(skips(found)).toEqual([
      '.env: secret',
      '.git/: ignored',
      'a.log: ignored',
      'big.txt: too large',
      'build/: ignored',
      'lib.min.js: minified',
      'logo.PNG: binary',
      'node_modules/: ignored',
      'package-lock.json: generated',
    ]);
  });

  test('.git is left out whatever the rules say', async () => {
    const tree = new MemoryTree({
      '.touchstoneignore': '!.git/\n!.git',
      '.git/config': '',
      'sub/.git': 'gitdir: x',
    });
    expect(skips(await discover(tree))).toEqual(['.git/: ignored', 'sub/.git: ignored']);
  });

  test('links are not followed', async () => {
    const tree = new MemoryTree({ 'a/real.ts': '' });
    tree.link('a/loop', '');
    tree.link('alias.ts', 'a/real.ts');
    const found = await discover(tree);
    expect(paths(found)).toEqual(['a/real.ts']);
    expect(skips(found)).toEqual(['a/loop: link', 'alias.ts: link']);
  });

  test('an unreadable folder is skipped, an unreadable root is an error', async () => {
    const tree = new MemoryTree({ 'locked/a.ts': '', 'b.ts': '' });
    tree.forbid('locked');
    const found = await discover(tree);
    expect(paths(found)).toEqual(['b.ts']);
    expect(skips(found)).toEqual(['locked/: unreadable']);
    tree.forbid('');
    await expect(discover(tree)).rejects.toThrow('EACCES');
  });

  test('an unreadable rule file is reported and the walk goes on', async () => {
    const tree = new MemoryTree({ '.gitignore': 'a.ts', 'a.ts': '' });
    tree.forbid('.gitignore');
    expect(paths(await discover(tree))).toContain('a.ts');
  });

  test('reads nothing but rule files', async () => {
    const tree = new MemoryTree({
      '.gitignore': '',
      'a.ts': '',
      'sub/.touchstoneignore': '',
      'sub/b.ts': '',
    });
    await discover(tree);
    expect(tree.reads.sort()).toEqual(['.gitignore', 'sub/.touchstoneignore']);
  });

  test('reports progress, and stops when aborted', async () => {
    const tree = new MemoryTree({ 'a.ts': '', 'b/c.ts': '', 'b/d.ts': '' });
    const counts: number[] = [];
    await discover(tree, { onFound: (count) => counts.push(count) });
    expect(counts).toEqual([1, 3]);
    const abort = new AbortController();
    const onFound = () => abort.abort();
    await expect(discover(tree, { onFound, signal: abort.signal })).rejects.toThrow('abort');
  });
});

describe('some paths', () => {
  const tree = () =>
    new MemoryTree({
      '.gitignore': '*.log\nbuild/',
      'a.ts': '',
      'build/x.ts': '',
      'src/.gitignore': '!keep.log',
      'src/a.ts': '',
      'src/keep.log': '',
      'src/deep/b.log': '',
      'src/deep/c.ts': '',
    });

  test('find what a full look would find there', async () => {
    const all = await discover(tree());
    for (const path of [
      'a.ts',
      'src',
      'src/deep',
      'src/deep/c.ts',
      'src/keep.log',
      'src/deep/b.log',
      'build',
    ]) {
      const isThere = (entry: { readonly path: string }) =>
        entry.path === path || entry.path.startsWith(`${path}/`);
      const found = await discoverPaths(tree(), [path]);
      expect(found).toEqual({ files: all.files.filter(isThere), skipped: all.skipped.filter(isThere) });
    }
  });

  test('inside an ignored folder find nothing and name the folder', async () => {
    const found = await discoverPaths(tree(), ['build/x.ts', 'node_modules', '.git/index']);
    expect(found).toEqual({ files: [], skipped: [{ path: 'build/', reason: 'ignored' }] });
  });

  test('that do not exist give nothing', async () => {
    expect(await discoverPaths(tree(), ['gone.ts', 'gone/x.ts'])).toEqual({ files: [], skipped: [] });
  });

  test('named twice, or inside one another, are found once', async () => {
    const found = await discoverPaths(tree(), ['src/deep/c.ts', 'src', 'src/deep', 'src/deep/c.ts']);
    expect(paths(found)).toEqual(['src/.gitignore', 'src/a.ts', 'src/deep/c.ts', 'src/keep.log']);
  });

  test('reached through a link are skipped', async () => {
    const linked = tree();
    linked.link('alias', 'src');
    expect(skips(await discoverPaths(linked, ['alias/a.ts', 'alias']))).toEqual(['alias: link']);
  });
});

test('rule files are recognised in any folder', () => {
  expect(['.gitignore', 'a/.touchstoneignore'].every(isRuleFile)).toBe(true);
  expect(['a.gitignore', '.gitignore/x'].some(isRuleFile)).toBe(false);
});
