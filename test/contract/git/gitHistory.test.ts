import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createGitHistory, type GitHistoryOptions } from '../../../src/adapters/git/gitHistory.ts';
import type { Commit } from '../../../src/core/ports/history.ts';

let base: string;
let repository: string;

beforeEach(() => {
  base = mkdtempSync(join(realpathSync(tmpdir()), 'touchstone-git-'));
  repository = join(base, 'repository');
  mkdirSync(repository);
  git('init', '--quiet', '--initial-branch=main');
  commit('start', { 'README.md': 'hello\n' });
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(base, { recursive: true, force: true });
});

function git(...args: readonly string[]): string {
  return execFileSync('git', ['-C', repository, '-c', 'user.name=Ada', '-c', 'user.email=a@b.c', ...args], {
    encoding: 'utf8',
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
  });
}

function commit(subject: string, files: Readonly<Record<string, string | null>>): void {
  for (const [path, text] of Object.entries(files)) {
    const file = join(repository, path);
    if (text === null) rmSync(file);
    else {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }
  git('add', '--all');
  git('commit', '--quiet', '--message', subject);
}

async function read(root = repository, options?: GitHistoryOptions): Promise<readonly Commit[]> {
  const commits: Commit[] = [];
  for await (const each of createGitHistory(root, options).commits()) commits.push(each);
  return commits;
}

const told = (commits: readonly Commit[]) => commits.map(({ subject, paths }) => [subject, ...paths]);

describe('the history of a folder', () => {
  test('has each commit with its subject, author and files, newest first, and not the first one', async () => {
    commit('Add coins\n\nand a body that does not matter', { 'src/b.ts': 'b', 'src/a.ts': 'a' });
    commit('Round cents', { 'src/a.ts': 'aa' });
    const commits = await read();
    expect(told(commits)).toEqual([
      ['Round cents', 'src/a.ts'],
      ['Add coins', 'src/a.ts', 'src/b.ts'],
    ]);
    expect(commits[0]).toMatchObject({ author: 'Ada', id: git('rev-parse', 'HEAD').trim() });
  });

  test('knows paths with spaces, quotes, line breaks and letters of every script', async () => {
    const paths = ['a b.ts', 'quo"te.ts', 'line\nbreak.ts', 'straße/日本.ts', '-dash.ts'];
    commit('Odd names', Object.fromEntries(paths.map((path) => [path, path])));
    expect(told(await read())).toEqual([['Odd names', ...paths.toSorted()]]);
  });

  test.each([
    ['the signs that once stood between commits', '\x01abc\x02def\x02Eve\x02Forged\x02\n\nforged.ts'],
    ['one of them alone', 'Add coins\x01'],
    ['fields', 'Add\x02coins\x02\nforged.ts'],
    ['a hash and a parent', `${'a'.repeat(40)} ${'b'.repeat(40)}`],
    ['an escape sequence', 'Add \x1b[31mcoins\x07'],
    ['a return', 'Add\rforged.ts'],
  ])('attack: a subject with %s forges no commit', async (_, subject) => {
    commit(subject, { 'a.ts': 'a' });
    const commits = await read();
    expect(commits.map(({ id, author, paths }) => [id, author, paths])).toEqual([
      [git('rev-parse', 'HEAD').trim(), 'Ada', ['a.ts']],
    ]);
  });

  test('attack: names of people and of files forge no commit', async () => {
    const forged = `\x01${'a'.repeat(40)}\x02${'b'.repeat(40)}\x02Eve\x02Forged\x02`;
    writeFileSync(join(repository, forged), 'x');
    writeFileSync(join(repository, 'b'.repeat(40)), 'x');
    git('add', '--all');
    git('-c', `user.name=Ada${forged}`, 'commit', '--quiet', '--message', 'One');
    const commits = await read();
    expect(commits).toHaveLength(1);
    expect(commits[0]).toMatchObject({ subject: 'One', paths: [forged, 'b'.repeat(40)].toSorted() });
  });

  test('leaves out what a commit deleted, merges, and commits without files', async () => {
    commit('Add two', { 'a.ts': 'a', 'b.ts': 'b' });
    git('checkout', '--quiet', '-b', 'side');
    commit('On the side', { 'c.ts': 'c' });
    git('checkout', '--quiet', 'main');
    commit('Remove one, change one', { 'a.ts': null, 'b.ts': 'bb' });
    git('merge', '--quiet', '--no-ff', '--message', 'Merge side', 'side');
    git('commit', '--quiet', '--allow-empty', '--message', 'Nothing');
    expect(told(await read()).toSorted()).toEqual([
      ['Add two', 'a.ts', 'b.ts'],
      ['On the side', 'c.ts'],
      ['Remove one, change one', 'b.ts'],
    ]);
  });

  test('takes a subfolder for the workspace: its own files only, by their paths in it', async () => {
    commit('Both', { 'app/src/a.ts': 'a', 'lib/b.ts': 'b' });
    commit('Outside', { 'lib/b.ts': 'bb' });
    expect(told(await read(join(repository, 'app')))).toEqual([['Both', 'src/a.ts']]);
  });

  test('is the same in a worktree', async () => {
    commit('Add coins', { 'a.ts': 'a' });
    git('worktree', 'add', '--quiet', join(base, 'tree'), '-b', 'other');
    expect(told(await read(join(base, 'tree')))).toEqual([['Add coins', 'a.ts']]);
  });

  test('of a shallow clone begins after the commit it is cut off at', async () => {
    for (const name of ['one', 'two', 'three']) commit(`Add ${name}`, { [`${name}.ts`]: name });
    const clone = join(base, 'clone');
    execFileSync('git', ['clone', '--quiet', '--depth=2', `file://${repository}`, clone]);
    expect(told(await read(clone))).toEqual([['Add three', 'three.ts']]);
  });

  test('is read in pieces and its reading can be ended', async () => {
    for (let n = 0; n < 30; n++) commit(`Change ${n}`, { 'a.ts': `${n}` });
    const seen: string[] = [];
    for await (const { subject } of createGitHistory(repository).commits()) {
      seen.push(subject);
      if (seen.length === 3) break;
    }
    expect(seen).toEqual(['Change 29', 'Change 28', 'Change 27']);
  });

  test('does not follow the variables of a git command around it', async () => {
    commit('Add coins', { 'a.ts': 'a' });
    vi.stubEnv('GIT_DIR', join(base, 'elsewhere'));
    vi.stubEnv('GIT_WORK_TREE', join(base, 'elsewhere'));
    expect(told(await read())).toEqual([['Add coins', 'a.ts']]);
  });
});

describe('there is no history', () => {
  test('in a folder under no version control', async () => {
    const plain = join(base, 'plain');
    mkdirSync(plain);
    expect(await read(plain)).toEqual([]);
  });

  test('in a repository without commits', async () => {
    const fresh = join(base, 'fresh');
    execFileSync('git', ['init', '--quiet', fresh]);
    expect(await read(fresh)).toEqual([]);
  });

  test('in a damaged repository', async () => {
    writeFileSync(join(repository, '.git/HEAD'), 'nonsense');
    expect(await read()).toEqual([]);
  });

  test('without git, and where the folder is gone', async () => {
    expect(await read(repository, { git: join(base, 'no-such-git') })).toEqual([]);
    expect(await read(join(base, 'gone'))).toEqual([]);
  });
});

test.skipIf(process.platform === 'win32')('a git that hangs is given up', async () => {
  const slow = join(base, 'slow-git');
  writeFileSync(slow, '#!/bin/sh\nexec sleep 600\n', { mode: 0o755 });
  expect(await read(repository, { git: slow, timeLimitMs: 100 })).toEqual([]);
});

test('an abort ends the reading with its reason', async () => {
  commit('Add coins', { 'a.ts': 'a' });
  const reason = new Error('enough');
  const before = createGitHistory(repository).commits(AbortSignal.abort(reason))[Symbol.asyncIterator]();
  await expect(before.next()).rejects.toBe(reason);
  const controller = new AbortController();
  const during = createGitHistory(repository).commits(controller.signal)[Symbol.asyncIterator]();
  await during.next();
  controller.abort(reason);
  await expect(during.next()).rejects.toBe(reason);
});
