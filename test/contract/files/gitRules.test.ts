import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { configValues } from '../../../src/adapters/files/gitConfig.ts';
import { readGitRules } from '../../../src/adapters/files/gitRules.ts';
import { createNodeFileTree } from '../../../src/adapters/files/nodeFileTree.ts';
import { composeOuterRules } from '../../../src/core/indexing/composeOuterRules.ts';
import { discover } from '../../../src/core/indexing/discover.ts';

let base: string;
let home: string;
let repository: string;

beforeEach(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), 'touchstone-git-')));
  home = join(base, 'home');
  repository = join(base, 'repository');
  await mkdir(home);
  git(base, 'init', '--quiet', repository);
});

afterEach(async () => {
  await rm(base, { recursive: true, force: true });
});

/** The same git for everyone: no configuration but that of the test's home. */
function git(cwd: string, ...args: readonly string[]): string {
  const env = { PATH: process.env['PATH'], HOME: home, GIT_CONFIG_NOSYSTEM: '1' };
  return execFileSync('git', args, { cwd, env, encoding: 'utf8' });
}

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(base, path)), { recursive: true });
    await writeFile(join(base, path), text);
  }
}

async function kept(folder: string): Promise<readonly string[]> {
  const outerRules = composeOuterRules(await readGitRules(folder, { env: {}, home }), []);
  const { files } = await discover(await createNodeFileTree(folder), { outerRules });
  return files.map(({ path }) => path);
}

function keptByGit(folder: string): readonly string[] {
  const listed = git(folder, 'ls-files', '-z', '--others', '--exclude-standard');
  return listed
    .split('\0')
    .filter((path) => path !== '')
    .sort();
}

test('what the repository excludes for this clone alone', async () => {
  await write({
    'repository/.git/info/exclude': '*.mine\n/top\n',
    'repository/.gitignore': '!kept.mine\n',
    'repository/a.mine': '',
    'repository/kept.mine': '',
    'repository/top/a': '',
    'repository/sub/top/a': '',
  });
  expect(await kept(repository)).toEqual(['.gitignore', 'kept.mine', 'sub/top/a']);
  expect(await kept(repository)).toEqual(keptByGit(repository));
});

test.each([
  ['in its usual place', { 'home/.config/git/ignore': '*.swap\n' }],
  [
    'named by the user',
    { 'home/.gitconfig': '[core]\n\texcludesFile = ~/mine # all\n', 'home/mine': '*.swap\n' },
  ],
  [
    'named in the repository',
    { 'home/.gitconfig': '[core]\nexcludesfile="~/not"\n', 'home/in repo': '*.swap', 'home/not': '*.ts' },
  ],
])('the excludes file of all repositories, %s', async (where, files) => {
  await write({ ...files, 'repository/a.swap': '', 'repository/b.ts': '', 'repository/sub/c.swap': '' });
  if (where.endsWith('repository')) git(repository, 'config', 'core.excludesFile', join(home, 'in repo'));
  expect(await kept(repository)).toEqual(['b.ts']);
  expect(await kept(repository)).toEqual(keptByGit(repository));
});

test('a folder inside a repository has the rules of the folders around it', async () => {
  await write({
    'repository/.gitignore': '*.log\n/packages/app/out\n',
    'repository/packages/.gitignore': '!keep.log\n/app/gen\n',
    'repository/packages/app/a.log': '',
    'repository/packages/app/keep.log': '',
    'repository/packages/app/out/x': '',
    'repository/packages/app/gen/x': '',
    'repository/packages/app/sub/gen/x': '',
  });
  const app = join(repository, 'packages', 'app');
  expect(await kept(app)).toEqual(['keep.log', 'sub/gen/x']);
  expect(await kept(app)).toEqual(keptByGit(app));
});

test('an ignored folder that is opened by itself is indexed', async () => {
  await write({
    'home/.config/git/ignore': 'out\n',
    'repository/.gitignore': 'build/\n*.log\n',
    'repository/build/a.ts': '',
    'repository/build/b.log': '',
    'repository/out/c.ts': '',
  });
  expect(await kept(join(repository, 'build'))).toEqual(['a.ts', 'b.log']);
  expect(await kept(join(repository, 'out'))).toEqual(['c.ts']);
});

test('a worktree has the excludes of its repository', async () => {
  git(
    repository,
    '-c',
    'user.name=a',
    '-c',
    'user.email=a@b.c',
    'commit',
    '--quiet',
    '--allow-empty',
    '-m',
    'x',
  );
  const worktree = join(base, 'worktree');
  git(repository, 'worktree', 'add', '--quiet', worktree);
  await write({ 'repository/.git/info/exclude': '*.mine\n', 'worktree/a.mine': '', 'worktree/b.ts': '' });
  expect(await kept(worktree)).toEqual(['b.ts']);
  expect(await kept(worktree)).toEqual(keptByGit(worktree));
});

test('a folder in no repository has its own rules only', async () => {
  await write({
    'home/.config/git/ignore': '*.ts',
    'plain/.gitignore': '*.log',
    'plain/a.ts': '',
    'plain/a.log': '',
  });
  expect(await kept(join(base, 'plain'))).toEqual(['.gitignore', 'a.ts']);
});

test.each([
  ['', undefined],
  ['[core]\nexcludesFile = /a b/c ; note', '/a b/c'],
  ['[CORE]\nExcludesFile="~/x # y"', '~/x # y'],
  ['[core] excludesFile = C:\\\\ignore\\\\all', 'C:\\ignore\\all'],
  ['[other]\nexcludesFile = x', undefined],
  ['[core "sub"]\nexcludesFile = x', undefined],
  ['[core]\nexcludesFile = a\n[user]\nname = n\n[core]\nexcludesFile = b', 'b'],
])('the excludes file in %j', (config, expected) => {
  expect(configValues(config, 'core', 'excludesfile').at(-1)).toBe(expected);
});
