import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { createGitHistory } from '../../../src/adapters/git/gitHistory.ts';
import { temporaryFolder } from '../crash/temporaryFolder.ts';

/**
 * A repository whose configuration runs a program that leaves a mark. Each attack is tried with plain git first: where
 * that leaves no mark, the test would prove nothing.
 */
let base: string;
let repository: string;
let program: string;
let mark: string;

beforeEach(() => {
  base = temporaryFolder();
  repository = join(base, 'repository');
  program = join(base, 'program');
  mark = join(base, 'mark');
  writeFileSync(program, `#!/bin/sh\ntouch '${mark}'\nexit 1\n`, { mode: 0o755 });
  mkdirSync(repository);
  git('init', '--quiet', '--initial-branch=main');
  for (const text of ['one', 'two', 'three']) {
    writeFileSync(join(repository, 'a.txt'), text);
    git('add', '--all');
    git('commit', '--quiet', '--message', text);
  }
});

const environment = () => ({
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
});

function git(...args: readonly string[]): string {
  const identity = ['-c', 'user.name=Eve', '-c', 'user.email=e@v.e'];
  return execFileSync('git', ['-C', repository, ...identity, ...args], {
    encoding: 'utf8',
    env: environment(),
  });
}

function configure(settings: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(settings)) git('config', name, value);
}

/** Makes the working tree look changed, so that git reads files again. */
function age(): void {
  utimesSync(join(repository, 'a.txt'), 1, 1);
}

/** Takes away a tree that the log needs, and has it fetched from a remote. */
function lackTree(remote: Readonly<Record<string, string>>): void {
  configure({ 'core.repositoryFormatVersion': '1', 'extensions.partialClone': 'origin' });
  configure({ 'remote.origin.promisor': 'true', ...remote });
  const tree = git('rev-parse', 'HEAD~1^{tree}').trim();
  rmSync(join(repository, '.git/objects', tree.slice(0, 2), tree.slice(2)));
}

function signHead(): void {
  const [head = '', ...message] = git('cat-file', 'commit', 'HEAD').split('\n\n');
  const signature = 'gpgsig -----BEGIN PGP SIGNATURE-----\n \n aaaa\n -----END PGP SIGNATURE-----';
  const commit = `${head}\n${signature}\n\n${message.join('\n\n')}`;
  const id = execFileSync('git', ['-C', repository, 'hash-object', '-t', 'commit', '-w', '--stdin'], {
    input: commit,
    encoding: 'utf8',
  });
  git('reset', '--quiet', '--soft', id.trim());
}

interface Attack {
  readonly name: string;
  readonly arrange: () => void;
  /** With this, plain git runs the program. */
  readonly plain: readonly string[];
}

const attacks: readonly Attack[] = [
  {
    name: 'core.fsmonitor',
    arrange: () => configure({ 'core.fsmonitor': program }),
    plain: ['status'],
  },
  {
    name: 'core.fsmonitor of an included file',
    arrange: () => {
      writeFileSync(join(repository, 'more.cfg'), `[core]\nfsmonitor = ${program}\n`);
      configure({ 'include.path': '../more.cfg' });
    },
    plain: ['status'],
  },
  {
    name: 'core.fsmonitor of a repository that a file named .git leads to',
    arrange: () => {
      configure({ 'core.fsmonitor': program });
      renameSync(join(repository, '.git'), join(repository, 'docs'));
      writeFileSync(join(repository, '.git'), 'gitdir: docs\n');
    },
    plain: ['status'],
  },
  {
    name: 'core.hooksPath',
    arrange: () => {
      mkdirSync(join(repository, 'hooks'));
      for (const hook of ['post-index-change', 'reference-transaction', 'post-checkout']) {
        writeFileSync(join(repository, 'hooks', hook), `#!/bin/sh\n'${program}'\n`);
        chmodSync(join(repository, 'hooks', hook), 0o755);
      }
      configure({ 'core.hooksPath': 'hooks' });
      age();
    },
    plain: ['status'],
  },
  {
    name: 'a filter of .gitattributes',
    arrange: () => {
      writeFileSync(join(repository, '.gitattributes'), '* filter=evil\n');
      configure({ 'filter.evil.clean': program });
      writeFileSync(join(repository, 'a.txt'), 'THREE');
      age();
    },
    plain: ['status'],
  },
  {
    name: 'diff.external',
    arrange: () => configure({ 'diff.external': program }),
    plain: ['log', '-p', '--ext-diff'],
  },
  {
    name: 'the diff command of .gitattributes',
    arrange: () => {
      writeFileSync(join(repository, '.gitattributes'), '* diff=evil\n');
      configure({ 'diff.evil.command': program });
    },
    plain: ['log', '-p', '--ext-diff'],
  },
  {
    name: 'textconv of .gitattributes',
    arrange: () => {
      writeFileSync(join(repository, '.gitattributes'), '* diff=evil\n');
      configure({ 'diff.evil.textconv': program });
    },
    plain: ['log', '-p'],
  },
  {
    name: 'gpg.program and a signed commit',
    arrange: () => {
      signHead();
      configure({ 'log.showSignature': 'true', 'gpg.program': program });
    },
    plain: ['log'],
  },
  {
    name: 'objects to be fetched by a command',
    arrange: () => lackTree({ 'remote.origin.url': `ext::${program}`, 'protocol.ext.allow': 'always' }),
    plain: ['log', '--name-only'],
  },
  {
    name: 'objects to be fetched by core.sshCommand',
    arrange: () => {
      lackTree({ 'remote.origin.url': 'ssh://127.0.0.1:9/a', 'protocol.ssh.allow': 'always' });
      configure({ 'core.sshCommand': program });
    },
    plain: ['log', '--name-only'],
  },
  {
    name: 'objects to be fetched by remote.origin.uploadpack',
    arrange: () => {
      lackTree({ 'remote.origin.url': base, 'protocol.file.allow': 'always' });
      configure({ 'remote.origin.uploadpack': program });
    },
    plain: ['log', '--name-only'],
  },
];

async function subjects(root = repository): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { subject } of createGitHistory(root).commits()) found.push(subject);
  return found;
}

describe.skipIf(process.platform === 'win32')('a repository that runs a program by', () => {
  test.each(attacks)('$name does not when its history is read', async ({ arrange, plain }) => {
    arrange();
    rmSync(mark, { force: true });
    await subjects();
    expect(existsSync(mark)).toBe(false);
    spawnSync('git', ['-C', repository, ...plain], { env: environment() });
    expect(existsSync(mark)).toBe(true);
  });
});

test('the inside of a repository, as a folder of files, is none', async () => {
  const inside = join(repository, 'fixture');
  execFileSync('git', ['clone', '--quiet', '--bare', repository, inside], { env: environment() });
  appendFileSync(join(inside, 'config'), `[core]\nfsmonitor = ${program}\n`);
  expect(await subjects(inside)).toEqual([]);
});

test('another object in place of a commit does not tell another history', async () => {
  const head = git('rev-parse', 'HEAD').trim();
  const forged = git('commit-tree', '-p', 'HEAD~1', '-m', 'forged', 'HEAD~1^{tree}').trim();
  git('replace', head, forged);
  expect(await subjects()).toEqual(['three', 'two']);
});
