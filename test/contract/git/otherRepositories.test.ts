import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { createGitHistory } from '../../../src/adapters/git/gitHistory.ts';
import { temporaryFolder } from '../crash/temporaryFolder.ts';

/** A folder from elsewhere, whose `.git` leads to a repository that the user keeps to himself. */
let base: string;
let folder: string;
let own: string;

beforeEach(() => {
  base = temporaryFolder();
  folder = join(base, 'folder');
  own = join(base, 'own');
  mkdirSync(folder);
  writeFileSync(join(folder, 'a.txt'), 'a');
  repositoryAt(own, ['start', 'our secret plans']);
});

function git(place: string, ...args: readonly string[]): string {
  const identity = ['-c', 'user.name=Ada', '-c', 'user.email=a@b.c', '-c', 'protocol.file.allow=always'];
  return execFileSync('git', ['-C', place, ...identity, ...args], {
    encoding: 'utf8',
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

function repositoryAt(place: string, subjects: readonly string[]): void {
  mkdirSync(place, { recursive: true });
  git(place, 'init', '--quiet', '--initial-branch=main');
  for (const subject of subjects) {
    writeFileSync(join(place, 'a.txt'), subject);
    git(place, 'add', '--all');
    git(place, 'commit', '--quiet', '--message', subject);
  }
}

async function subjects(root = folder): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { subject } of createGitHistory(root).commits()) found.push(subject);
  return found;
}

const gitFolder = (...parts: readonly string[]) => join(folder, '.git', ...parts);

/** The folder's own repository, with some parts of the user's in their places. */
function replaceByLinks(...parts: readonly string[]): void {
  repositoryAt(folder, ['start', 'innocent']);
  for (const part of parts) {
    rmSync(gitFolder(part), { recursive: true, force: true });
    symlinkSync(join(own, '.git', part), gitFolder(part));
  }
}

/** A worktree's own folder, wherever it is said to be. */
function worktreeFolder(place: string, common: string, named: string): void {
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'HEAD'), 'ref: refs/heads/main\n');
  writeFileSync(join(place, 'commondir'), `${common}\n`);
  writeFileSync(join(place, 'gitdir'), `${named}\n`);
}

const attacks: readonly (readonly [string, () => void])[] = [
  ['a file that names it', () => writeFileSync(gitFolder(), `gitdir: ${join(own, '.git')}\n`)],
  ['a file that names it by a way up', () => writeFileSync(gitFolder(), 'gitdir: ../own/.git\n')],
  ['a link to it', () => symlinkSync(join(own, '.git'), gitFolder())],
  [
    'a file that names one of its worktrees',
    () => {
      git(own, 'worktree', 'add', '--quiet', join(base, 'tree'), '-b', 'other');
      writeFileSync(gitFolder(), `gitdir: ${join(own, '.git/worktrees/tree')}\n`);
    },
  ],
  ['a common folder', () => worktreeFolder(gitFolder(), join(own, '.git'), gitFolder())],
  [
    'a forged worktree within the folder',
    () => {
      worktreeFolder(join(folder, 'docs'), join(own, '.git'), gitFolder());
      writeFileSync(gitFolder(), 'gitdir: docs\n');
    },
  ],
  [
    'a forged worktree behind a link',
    () => {
      worktreeFolder(join(folder, 'fake/worktrees/docs'), join(own, '.git'), gitFolder());
      writeFileSync(gitFolder(), 'gitdir: fake/worktrees/docs\n');
    },
  ],
  ['links in place of its parts', () => replaceByLinks('objects', 'refs')],
  [
    'a link in place of its objects',
    () => {
      replaceByLinks('objects');
      cpSync(join(own, '.git/refs'), gitFolder('refs'), { recursive: true });
    },
  ],
  [
    'links in place of the folders of its objects',
    () => {
      git(own, 'gc', '--quiet');
      repositoryAt(folder, ['start', 'innocent']);
      rmSync(gitFolder('objects/pack'), { recursive: true });
      symlinkSync(join(own, '.git/objects/pack'), gitFolder('objects/pack'));
      cpSync(join(own, '.git/packed-refs'), gitFolder('packed-refs'));
      rmSync(gitFolder('refs/heads/main'));
    },
  ],
  [
    'borrowed objects',
    () => {
      repositoryAt(folder, ['start', 'innocent']);
      writeFileSync(gitFolder('objects/info/alternates'), `${join(own, '.git/objects')}\n`);
      cpSync(join(own, '.git/refs'), gitFolder('refs'), { recursive: true });
    },
  ],
  [
    'a folder around it that is linked away',
    () => {
      symlinkSync(join(own, '.git'), join(base, '.git'));
    },
  ],
];

describe.skipIf(process.platform === 'win32')('the history of another repository', () => {
  test.each(attacks)('attack: is not told by %s', async (_, arrange) => {
    arrange();
    // What git itself would tell.
    expect(git(folder, 'log', '--format=%s')).toContain('our secret plans');
    expect(await subjects()).toEqual([]);
  });
});

describe('a repository that lies elsewhere and says itself whose it is', () => {
  test('is that of a submodule', async () => {
    repositoryAt(folder, ['start']);
    git(folder, 'submodule', '--quiet', 'add', own, 'part');
    expect(await subjects(join(folder, 'part'))).toEqual(['our secret plans']);
  });

  test('is that of a worktree, from any folder in it', async () => {
    git(own, 'worktree', 'add', '--quiet', join(base, 'tree'), '-b', 'other');
    mkdirSync(join(base, 'tree/src'));
    expect(await subjects(join(base, 'tree'))).toEqual(['our secret plans']);
    expect(await subjects(join(base, 'tree/src'))).toEqual([]);
  });

  test('is within the folder, behind a file', async () => {
    repositoryAt(folder, ['start', 'innocent']);
    renameSync(gitFolder(), join(folder, 'repository'));
    writeFileSync(gitFolder(), 'gitdir: repository\n');
    expect(await subjects()).toEqual(['innocent']);
  });

  test('is around an empty folder named .git', async () => {
    mkdirSync(join(own, 'src/.git'), { recursive: true });
    writeFileSync(join(own, 'src/b.ts'), 'b');
    git(own, 'add', '--all');
    git(own, 'commit', '--quiet', '--message', 'sources');
    expect(await subjects(join(own, 'src'))).toEqual(['sources']);
  });
});
