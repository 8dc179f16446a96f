import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readGitRules } from '../../../src/adapters/files/gitRules.ts';
import { createNodeFileTree } from '../../../src/adapters/files/nodeFileTree.ts';
import { composeOuterRules } from '../../../src/core/indexing/composeOuterRules.ts';
import { discover, type Discovery } from '../../../src/core/indexing/discover.ts';
import type { ExcludeGlob } from '../../../src/core/indexing/excludeGlob.ts';
import { FolderDiscovery } from '../../../src/engine/workspace/folderDiscovery.ts';
import { seededRandom } from '../../support/seededRandom.ts';

let base: string;
let repository: string;

beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'touchstone-tracked-')));
  repository = join(base, 'repository');
  mkdirSync(join(base, 'home'));
  git(base, 'init', '--quiet', repository);
});

afterEach(() => {
  rmSync(base, { recursive: true, force: true });
});

/** The same git for everyone: no configuration but that of the test's home. */
function git(cwd: string, ...args: readonly string[]): string {
  const env = { PATH: process.env['PATH'], HOME: join(base, 'home'), GIT_CONFIG_NOSYSTEM: '1' };
  const settings = ['-c', 'user.name=a', '-c', 'user.email=a@b.c', '-c', 'protocol.file.allow=always'];
  return execFileSync('git', [...settings, ...args], { cwd, env, encoding: 'utf8', stdio: 'pipe' });
}

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(base, path)), { recursive: true });
    writeFileSync(join(base, path), text);
  }
}

async function look(folder: string, globs: readonly ExcludeGlob[] = []): Promise<Discovery> {
  const rules = await readGitRules(folder, { env: {}, home: join(base, 'home') });
  return discover(await createNodeFileTree(folder), { outerRules: composeOuterRules(rules, globs) });
}

async function found(folder = repository, globs: readonly ExcludeGlob[] = []): Promise<readonly string[]> {
  return (await look(folder, globs)).files.map(({ path }) => path);
}

function listedByGit(folder: string): readonly string[] {
  const listed = git(folder, 'ls-files', '-z', '--cached', '--others', '--exclude-standard');
  return listed
    .split('\0')
    .filter((path) => path !== '')
    .sort();
}

const IGNORED = {
  'repository/.gitignore': 'out/\n*.log\nnode_modules/\n',
  'repository/a.log': '',
  'repository/b.log': '',
  'repository/out/a.ts': '',
  'repository/out/b.ts': '',
  'repository/out/deep/c.ts': '',
  'repository/src/a.log': '',
  'repository/src/b.ts': '',
};

function commitIgnored(): void {
  write(IGNORED);
  git(repository, 'add', '--force', '.gitignore', 'a.log', 'out/a.ts', 'out/deep', 'src/a.log');
  git(repository, 'commit', '--quiet', '-m', 'x');
}

test('what was added by force is found, also in an ignored folder, and nothing beside it', async () => {
  commitIgnored();
  expect(await found()).toEqual([
    '.gitignore',
    'a.log',
    'out/a.ts',
    'out/deep/c.ts',
    'src/a.log',
    'src/b.ts',
  ]);
  expect(await found()).toEqual(listedByGit(repository));
  // By itself, the ignored folder is looked at as a whole.
  expect(await found(join(repository, 'out'))).toEqual(['a.ts', 'b.ts', 'deep/c.ts']);
});

test('a folder below the top, a worktree, a clone and a submodule', async () => {
  commitIgnored();
  expect(await found(join(repository, 'src'))).toEqual(['a.log', 'b.ts']);
  const worktree = join(base, 'worktree');
  git(repository, 'worktree', 'add', '--quiet', worktree);
  const outer = join(base, 'super');
  git(base, 'init', '--quiet', outer);
  git(outer, 'submodule', 'add', '--quiet', repository, 'lib/sub');
  git(base, 'clone', '--quiet', repository, join(outer, 'out'));
  write({ 'super/.gitignore': 'lib/\nout/\n', 'super/lib/x.ts': '' });
  for (const top of ['worktree', 'super/lib/sub', 'super/out'])
    write({ [`${top}/b.log`]: '', [`${top}/new.ts`]: '' });
  write({ 'super/.git/modules/lib/sub/info/exclude': 'new.ts' });
  const tracked = ['.gitignore', 'a.log', 'out/a.ts', 'out/deep/c.ts', 'src/a.log'];
  const worktreeFiles = [...tracked.slice(0, 2), 'new.ts', ...tracked.slice(2)];
  expect(await found(worktree)).toEqual(worktreeFiles);
  expect(await found(worktree)).toEqual(listedByGit(worktree));
  expect(await found(join(outer, 'lib', 'sub'))).toEqual(tracked);
  // Its own repository ignores `out`, though not what is tracked below `lib`.
  expect(await found(outer)).toEqual([
    '.gitignore',
    '.gitmodules',
    ...tracked.map((path) => `lib/sub/${path}`),
  ]);
  // In no repository, each of those inside says what is its own.
  const all = await found(base);
  expect(all).toEqual(
    expect.arrayContaining(['worktree/a.log', 'repository/out/a.ts', 'super/lib/sub/a.log']),
  );
  expect(all.filter((path) => path.endsWith('b.log') || path.startsWith('super/out'))).toEqual([]);
});

test.each([
  ['of a sparse checkout', ['sparse-checkout', 'set', 'src']],
  ['of a sparse checkout with a sparse index', ['sparse-checkout', 'set', '--cone', '--sparse-index', 'src']],
  ['with file system watches', ['update-index', '--fsmonitor']],
  ['with a split index', ['update-index', '--split-index']],
])('an index %s', async (_, args) => {
  commitIgnored();
  git(repository, ...args);
  write({ 'repository/src/a.log': 'x', 'repository/src/c.log': '', 'repository/src/d.ts': '' });
  const listed = listedByGit(repository);
  const { files, skipped } = await look(repository);
  const paths = files.map(({ path }) => path);
  expect(paths).toEqual(listed.filter((path) => existsSync(join(repository, path))));
  expect(paths).toEqual(expect.arrayContaining(['a.log', 'src/a.log', 'src/d.ts']));
  expect(skipped.filter(({ reason }) => reason !== 'ignored')).toEqual([]);
});

test('in a conflict all versions are one file', async () => {
  commitIgnored();
  git(repository, 'checkout', '--quiet', '-b', 'other');
  write({ 'repository/a.log': 'theirs' });
  git(repository, 'commit', '--quiet', '--all', '-m', 'y');
  git(repository, 'checkout', '--quiet', '-');
  write({ 'repository/a.log': 'ours' });
  git(repository, 'commit', '--quiet', '--all', '-m', 'z');
  expect(() => git(repository, 'merge', 'other')).toThrow();
  expect(await found()).toContain('a.log');
});

describe('tracked files stay out', () => {
  test.each<[string, string, Readonly<Record<string, string>>, readonly ExcludeGlob[]]>([
    ['by our own ignore file', 'out/a.ts', { 'repository/.touchstoneignore': 'out/' }, []],
    [
      'by our own ignore file in an ignored folder',
      'out/a.ts',
      { 'repository/out/.touchstoneignore': 'a.ts' },
      [],
    ],
    ['by the editor’s excludes', 'out/a.ts', {}, [{ glob: '**/out' }]],
    [
      'in folders that tools fill',
      'node_modules/x/index.js',
      { 'repository/node_modules/x/index.js': '' },
      [],
    ],
    ['with credentials', '.npmrc', { 'repository/.npmrc': '//registry/:_authToken=x' }, []],
    ['in an ignored folder with credentials', 'out/.netrc', { 'repository/out/.netrc': '' }, []],
  ])('%s: %s', async (_, path, more, globs) => {
    commitIgnored();
    write(more);
    git(repository, 'add', '--force', path);
    expect(await found(repository, globs)).not.toContain(path);
    expect(listedByGit(repository)).toContain(path);
  });
});

describe('an index that cannot be read counts as none, and is named', () => {
  const index = () => join(repository, '.git', 'index');
  const note = (reason: string, path = '.git/index') => ({ path, reason });

  test.each<[string, string, (file: string) => void]>([
    [
      'damaged',
      'unreadable',
      (file) => {
        writeFileSync(file, 'DIRC and then some more that is no index at all');
      },
    ],
    [
      'empty',
      'unreadable',
      (file) => {
        writeFileSync(file, '');
      },
    ],
    [
      'beyond all measure',
      'too large',
      (file) => {
        truncateSync(file, 3 * 2 ** 30);
      },
    ],
    [
      'a folder',
      'unreadable',
      (file) => {
        rmSync(file);
        mkdirSync(file);
      },
    ],
    [
      'a pipe',
      'unreadable',
      (file) => {
        rmSync(file);
        execFileSync('mkfifo', [file]);
      },
    ],
  ])('attack: %s', async (_, reason, spoil) => {
    commitIgnored();
    spoil(index());
    const { files, skipped } = await look(repository);
    expect(files.map(({ path }) => path)).toEqual(['.gitignore', 'src/b.ts']);
    expect(skipped).toContainEqual(note(reason));
    expect((await look(join(repository, 'src'))).skipped).toContainEqual(note(reason, '../.git/index'));
    expect((await look(base)).skipped).toContainEqual(note(reason, 'repository/.git/index'));
  });

  test('split, and its other half is gone', async () => {
    commitIgnored();
    git(repository, 'update-index', '--split-index');
    execFileSync('sh', ['-c', 'rm .git/sharedindex.*'], { cwd: repository });
    expect((await look(repository)).skipped).toContainEqual(note('unreadable'));
  });

  test('attack: whatever is changed in it', async () => {
    commitIgnored();
    git(repository, 'update-index', '--split-index');
    git(repository, 'add', '--force', 'b.log');
    git(repository, 'rm', '--quiet', '--cached', 'a.log');
    const sound = readFileSync(index());
    const random = seededRandom(1);
    const outcomes = new Set<boolean>();
    for (let run = 0; run < 200; run++) {
      const bytes = Buffer.from(sound);
      for (let change = random.below(4); change >= 0; change--)
        bytes[random.below(bytes.length)] = random.below(256);
      writeFileSync(index(), random.once(5) ? bytes.subarray(0, random.below(bytes.length)) : bytes);
      const { files, skipped } = await look(repository);
      expect(files.map(({ path }) => path)).toEqual(expect.arrayContaining(['.gitignore', 'src/b.ts']));
      outcomes.add(skipped.some(({ path }) => path === '.git/index'));
    }
    expect(outcomes.size).toBe(2);
  });
});

test('a change of an index names the paths whose state changed, until they were looked at', async () => {
  commitIgnored();
  const nested = join(repository, 'nested');
  git(repository, 'init', '--quiet', nested);
  write({ 'repository/nested/.gitignore': '*', 'repository/nested/x.ts': '' });
  const discovery = new FolderDiscovery(repository);
  const pass = async () => {
    const { outerRules, rejudged, settled } = await discovery.options();
    await discover(await createNodeFileTree(repository), { outerRules });
    return { rejudged, settled };
  };
  expect((await pass()).rejudged).toEqual([]);
  git(repository, 'add', '--force', 'b.log');
  git(repository, 'rm', '--quiet', '--cached', 'out/a.ts');
  git(nested, 'add', '--force', 'x.ts');
  expect((await pass()).rejudged).toEqual(['b.log', 'out/a.ts', 'nested/x.ts']);
  const { rejudged, settled } = await pass();
  expect(rejudged).toEqual(['b.log', 'out/a.ts', 'nested/x.ts']);
  settled?.();
  write({ 'repository/src/b.ts': 'changed' });
  git(repository, 'add', 'src/b.ts');
  git(repository, 'commit', '--quiet', '-m', 'y');
  expect((await pass()).rejudged).toEqual(['src/b.ts']);
  (await pass()).settled?.();
  // Nothing but times and sizes changes in it.
  write({ 'repository/src/b.ts': 'changed again' });
  git(repository, 'add', 'src/b.ts');
  expect((await pass()).rejudged).toEqual([]);
  writeFileSync(join(repository, '.git', 'index'), 'nonsense');
  expect((await pass()).rejudged).toBe('all');
});
