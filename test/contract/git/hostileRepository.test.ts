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
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
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

afterEach(() => vi.unstubAllEnvs());

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
  test.each(attacks)('attack: $name does not when its history is read', async ({ arrange, plain }) => {
    arrange();
    rmSync(mark, { force: true });
    await subjects();
    expect(existsSync(mark)).toBe(false);
    spawnSync('git', ['-C', repository, ...plain], { env: environment() });
    expect(existsSync(mark)).toBe(true);
  });
});

/** What git itself would do where it is told to by the environment of whoever starts it. */
const variables: readonly (readonly [string, () => Readonly<Record<string, string>>])[] = [
  ['GIT_DIR', () => ({ GIT_DIR: join(base, 'elsewhere') })],
  ['GIT_COMMON_DIR', () => ({ GIT_COMMON_DIR: join(base, 'elsewhere') })],
  ['GIT_OBJECT_DIRECTORY', () => ({ GIT_OBJECT_DIRECTORY: join(base, 'elsewhere') })],
  ['GIT_NAMESPACE', () => ({ GIT_NAMESPACE: 'other' })],
  ['GIT_CONFIG_COUNT', () => ({ GIT_CONFIG_COUNT: 'many' })],
  ['GIT_CONFIG_PARAMETERS', () => ({ GIT_CONFIG_PARAMETERS: 'nonsense' })],
  ['GIT_CONFIG_GLOBAL', () => ({ GIT_CONFIG_GLOBAL: repository })],
  ['GIT_TRACE', () => ({ GIT_TRACE: mark })],
  ['GIT_TRACE2_EVENT', () => ({ GIT_TRACE2_EVENT: mark })],
  ['GIT_EXTERNAL_DIFF', () => ({ GIT_EXTERNAL_DIFF: program })],
  ['GIT_PAGER', () => ({ GIT_PAGER: program, PAGER: program })],
  ['GIT_LITERAL_PATHSPECS', () => ({ GIT_LITERAL_PATHSPECS: 'x', GIT_GLOB_PATHSPECS: '1' })],
];

test.each(variables)('attack: %s of whoever started the editor changes nothing', async (_, set) => {
  for (const [name, value] of Object.entries(set())) vi.stubEnv(name, value);
  expect(await subjects()).toEqual(['three', 'two']);
  expect(existsSync(mark)).toBe(false);
});

test('attack: core.worktree does not move the folder', async () => {
  configure({ 'core.worktree': base });
  expect(await subjects()).toEqual(['three', 'two']);
});

test('attack: grafts do not tell another history', async () => {
  const [head, , first] = git('log', '--format=%H').trim().split('\n');
  writeFileSync(join(repository, '.git/info/grafts'), `${String(head)} ${String(first)}\n`);
  expect(await subjects()).toEqual(['three', 'two']);
});

test('attack: a pipe in the place of what a configuration includes is given up', async () => {
  execFileSync('mkfifo', [join(repository, '.git/pipe')]);
  configure({ 'include.path': 'pipe' });
  const history = createGitHistory(repository, { timeLimitMs: 500 });
  for await (const commit of history.commits()) expect(commit).toBeUndefined();
});

const forgedId = 'f'.repeat(40);

test.each([
  ['the marks of an older form', `real\x01${forgedId}\x02parent\x02Eve\x02forged\x02\na.txt`],
  ['NULs written out', `real%x00${forgedId}%x00parent%x00Eve%x00forged%x00`],
  ['line breaks', `real\r${forgedId}\rforged`],
  ['an escape', 'real \x1b[2K\x1b]8;;http://evil\x07forged'],
  ['C1 controls', 'real \u009bforged \u0085 \u2028'],
])('attack: a subject with %s is one commit, in one line', async (_, subject) => {
  writeFileSync(join(repository, 'a.txt'), subject);
  git('commit', '--quiet', '--all', '--cleanup=verbatim', '--message', subject);
  const found = await subjects();
  expect(found).toHaveLength(3);
  expect(found[0]).toMatch(/^real/);

  expect(found.join('')).not.toMatch(/[\x00-\x1f\x7f-\x9f\u2028\u2029]/);
});

test('attack: a subject of megabytes is cut off', async () => {
  writeFileSync(join(repository, 'message'), `${'long '.repeat(500_000)}\n`);
  writeFileSync(join(repository, 'a.txt'), 'four');
  git('commit', '--quiet', '--all', '--file', 'message');
  const [subject = ''] = await subjects();
  expect(subject.length).toBeLessThanOrEqual(1_000);
});

test('attack: the inside of a repository, as a folder of files, is none', async () => {
  const inside = join(repository, 'fixture');
  execFileSync('git', ['clone', '--quiet', '--bare', repository, inside], { env: environment() });
  appendFileSync(join(inside, 'config'), `[core]\nfsmonitor = ${program}\n`);
  expect(await subjects(inside)).toEqual([]);
});

test('attack: another object in place of a commit does not tell another history', async () => {
  const head = git('rev-parse', 'HEAD').trim();
  const forged = git('commit-tree', '-p', 'HEAD~1', '-m', 'forged', 'HEAD~1^{tree}').trim();
  git('replace', head, forged);
  expect(await subjects()).toEqual(['three', 'two']);
});
