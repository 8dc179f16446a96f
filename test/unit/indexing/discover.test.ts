import { describe, expect, test } from 'vitest';
import { discover, discoverPaths, isRuleFile, type Discovery } from '../../../src/core/indexing/discover.ts';
import { readExcludes, type ExcludeGlob } from '../../../src/core/indexing/excludeGlob.ts';
import { NO_OUTER_RULES } from '../../../src/core/indexing/outerRules.ts';
import { MemoryTree } from '../../support/memoryTree.ts';

const paths = ({ files }: Discovery) => files.map((file) => file.path);
const emptyFiles = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, '']));
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
      'a.log: ignored',
      'big.txt: too large',
      'build/: ignored',
      'lib.min.js: minified',
      'logo.PNG: binary',
      'node_modules/: ignored',
      'package-lock.json: generated',
    ]);
  });

  test('.git is no part of the folder, whatever the rules say', async () => {
    const tree = new MemoryTree({
      '.touchstoneignore': '!.git/\n!.git',
      '.git/config': '',
      'sub/.git': 'gitdir: x',
    });
    expect(await discover(tree)).toMatchObject({ files: [{ path: '.touchstoneignore' }], skipped: [] });
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

  test('a folder whose rules cannot be read is left out, as they may have left out anything', async () => {
    const tree = new MemoryTree({ 'a.ts': '', 'sub/.gitignore': 'b.ts', 'sub/b.ts': '', 'sub/in/c.ts': '' });
    tree.forbid('sub/.gitignore');
    const found = await discover(tree);
    expect(paths(found)).toEqual(['a.ts']);
    expect(skips(found)).toEqual(['sub/: unreadable', 'sub/.gitignore: unreadable']);
    expect(paths(await discoverPaths(tree, ['sub/in/c.ts']))).toEqual([]);
  });

  test('a rule file that is a link is not followed, as git does not', async () => {
    const tree = new MemoryTree({ 'a.ts': '', 'shared/rules': 'a.ts' });
    tree.link('.gitignore', 'shared/rules');
    expect(paths(await discover(tree))).toEqual(['a.ts', 'shared/rules']);
  });

  test('sockets, pipes and devices are named', async () => {
    const tree = new MemoryTree({ 'a.ts': '' });
    tree.special('run/server.sock');
    expect(skips(await discover(tree))).toEqual(['run/server.sock: special']);
  });

  test('secrets stay out, whatever the rules bring back', async () => {
    const secret = ['.env', 'deploy/prod.env', 'tls/server.pem', '.ssh/config', 'home/.aws/credentials'];
    const tree = new MemoryTree({
      '.gitignore': '*.pem\n!*.pem',
      '.touchstoneignore': secret.map((path) => `!${path}`).join('\n'),
      ...Object.fromEntries(secret.map((path) => [path, 'x'])),
      'app.ts': '',
    });
    const found = await discover(tree);
    expect(paths(found)).toEqual(['.gitignore', '.touchstoneignore', 'app.ts']);
    expect(new Set(found.skipped.map(({ reason }) => reason))).toEqual(new Set(['secret']));
  });

  test('a repository inside the folder has rules of its own', async () => {
    const tree = new MemoryTree({
      '.gitignore': '*.log\n/lib/skip.ts',
      '.touchstoneignore': '*.csv',
      'a.log': '',
      'lib/.git/HEAD': '',
      'lib/.gitignore': '*.tmp',
      'lib/a.log': '',
      'lib/a.tmp': '',
      'lib/a.csv': '',
      'lib/skip.ts': '',
    });
    const found = await discover(tree);
    expect(skips(found)).toEqual(['a.log: ignored', 'lib/a.csv: ignored', 'lib/a.tmp: ignored']);
    expect(paths(await discoverPaths(tree, ['lib/a.log', 'lib/a.csv']))).toEqual(['lib/a.log']);
  });

  test.each([
    'new\nline.ts',
    '-rf.ts',
    'naïve ☕.ts',
    'Makefile',
    'Dockerfile',
    'LICENSE',
    ' .ts',
    "quote'.ts",
  ])('a file named %j is found', async (name) => {
    const tree = new MemoryTree({ [name]: 'x', [`sub/${name}`]: 'x' });
    expect(paths(await discover(tree))).toEqual([name, `sub/${name}`].sort());
    expect(paths(await discoverPaths(tree, [name]))).toEqual([name]);
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

  test('that lead to a file of another case, or composed otherwise, find it under its own name once', async () => {
    const renamed = new MemoryTree({ 'src/Name.ts': '' });
    renamed.link('src/name.ts', 'src/Name.ts');
    expect(paths(await discoverPaths(renamed, ['src/name.ts']))).toEqual(['src/Name.ts']);
    const composed = new MemoryTree({ 'cafe\u0301/menu.ts': '' });
    composed.link('caf\u00e9', 'cafe\u0301');
    expect(paths(await discoverPaths(composed, ['caf\u00e9/menu.ts', 'caf\u00e9']))).toEqual([
      'cafe\u0301/menu.ts',
    ]);
    expect(paths(await discoverPaths(renamed, ['src/name.ts', 'src/Name.ts']))).toEqual(['src/Name.ts']);
  });

  test('read the rules of each folder once, however many they are', async () => {
    const many = Array.from({ length: 500 }, (_, index) => `src/deep/${index}.ts`);
    const wide = new MemoryTree({ '.gitignore': '', 'src/.gitignore': '', ...emptyFiles(many) });
    expect(paths(await discoverPaths(wide, many))).toHaveLength(many.length);
    expect(wide.reads.sort()).toEqual(['.gitignore', 'src/.gitignore']);
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

describe('the editor’s excludes', () => {
  const excluding = (...globs: readonly ExcludeGlob[]) => ({
    outerRules: { ...NO_OUTER_RULES, excludes: readExcludes(globs) },
  });
  const tree = () =>
    new MemoryTree({
      'gen/a.js': '',
      'gen/a.ts': '',
      'gen/b.js': '',
      'lib/x.map': '',
      'lib/gen/y.ts': '',
      'z {1}.md': '',
    });

  test.each<[string, readonly string[]]>([
    ['gen', ['gen/a.js', 'gen/a.ts', 'gen/b.js']],
    ['**/gen', ['gen/a.js', 'gen/a.ts', 'gen/b.js', 'lib/gen/y.ts']],
    ['**/*.{js,map}', ['gen/a.js', 'gen/b.js', 'lib/x.map']],
    ['{gen/{a,b},lib/x}.{js,map}', ['gen/a.js', 'gen/b.js', 'lib/x.map']],
    ['**/?.[jt]s', ['gen/a.js', 'gen/a.ts', 'gen/b.js', 'lib/gen/y.ts']],
    ['*.js', []],
    ['z {1.md', []],
  ])('%s', async (glob, gone) => {
    const all = paths(await discover(tree()));
    const found = await discover(tree(), excluding({ glob }));
    expect(paths(found)).toEqual(all.filter((path) => !gone.includes(path)));
  });

  test('hold under a condition only beside the file it names', async () => {
    const options = excluding({ glob: '**/*.js', when: '$(basename).ts' });
    const found = await discover(tree(), options);
    expect(skips(found)).toEqual(['gen/a.js: ignored']);
    const some = await discoverPaths(tree(), ['gen/a.js', 'gen/b.js'], options);
    expect(paths(some)).toEqual(['gen/b.js']);
  });

  test('are overridden by our own ignore file', async () => {
    const own = tree();
    own.write('.touchstoneignore', '!gen/\n!*.js');
    const options = excluding({ glob: 'gen' }, { glob: '**/*.js', when: '$(basename).ts' });
    expect(paths(await discover(own, options))).toContain('gen/a.js');
  });
});

test('rule files are recognised in any folder', () => {
  const rules = [
    '.gitignore',
    'a/.touchstoneignore',
    '.git/info/exclude',
    'a/.git/config',
    '.git/modules/a/config',
  ];
  expect(rules.filter((path) => !isRuleFile(path))).toEqual([]);
  expect(['a.gitignore', '.gitignore/x', 'a.git/config', '.git/index', '.git/HEAD'].some(isRuleFile)).toBe(
    false,
  );
});
