import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { realpath } from 'node:fs/promises';
import { devNull } from 'node:os';
import { dirname } from 'node:path';
import type { Commit, History } from '../../core/ports/history.ts';
import { CommitReader, logArguments } from './gitLog.ts';
import { findGit } from './gitProgram.ts';
import { findOwnRepository } from './ownRepository.ts';

/** What a history of ordinary size takes a fraction of. */
const TIME_LIMIT_MS = 10_000;
/** UTF-16 units; a hundred thousand commits of ordinary size. */
const MAX_OUTPUT = 64_000_000;

export interface GitHistoryOptions {
  /** The program, an absolute path; tests give others. */
  readonly git?: string;
  readonly timeLimitMs?: number;
}

/**
 * A repository's own configuration names programs for much that git does. None of them may run, whatever it says: what
 * stands here has precedence over it.
 */
const CONFIGURATION: readonly string[] = [
  '--no-pager',
  '--no-replace-objects',
  ...[
    'core.fsmonitor=false',
    `core.hooksPath=${devNull}`,
    `core.attributesFile=${devNull}`,
    `diff.orderFile=${devNull}`,
    'core.sshCommand=false',
    'credential.helper=',
    'gpg.program=false',
    'gpg.ssh.program=false',
    'gpg.x509.program=false',
    'log.showSignature=false',
    'protocol.allow=never',
    'submodule.recurse=false',
    // A folder that looks like the inside of a repository is one only where somebody says so.
    'safe.bareRepository=explicit',
  ].flatMap((setting) => ['-c', setting]),
];

/**
 * The history of the folder at `root`, an absolute path, by the git on this machine, which writes nothing, reaches no
 * network and starts no program. To be asked for only where the user trusts the folder all the same. There is none where
 * the folder's repository leads to another one.
 */
export function createGitHistory(
  root: string,
  { git, timeLimitMs = TIME_LIMIT_MS }: GitHistoryOptions = {},
): History {
  return {
    async *commits(signal) {
      signal?.throwIfAborted();
      const folder = await realpath(root).catch(() => undefined);
      const top = folder === undefined ? undefined : await findOwnRepository(folder);
      const program = top === undefined ? undefined : await findGit(top, process.env);
      signal?.throwIfAborted();
      if (folder === undefined || top === undefined || !program) return;
      const mark = randomBytes(16).toString('hex');
      const child = spawn(git ?? program.path, ['-C', folder, ...CONFIGURATION, ...logArguments(mark)], {
        // Some systems look for programs where they are started from, and that may be the folder itself.
        cwd: dirname(process.execPath),
        stdio: ['ignore', 'pipe', 'ignore'],
        env: { ...program.env, ...environment(top) },
        windowsHide: true,
      });
      const timer = setTimeout(() => child.kill('SIGKILL'), timeLimitMs);
      const stop = () => child.kill('SIGKILL');
      signal?.addEventListener('abort', stop);
      try {
        yield* readCommits(child, mark);
        signal?.throwIfAborted();
      } finally {
        clearTimeout(timer);
        signal?.removeEventListener('abort', stop);
        child.kill('SIGKILL');
      }
    },
  };
}

/** Output of a git that fails is empty. */
async function* readCommits(child: ChildProcess, mark: string): AsyncGenerator<Commit> {
  const { stdout } = child;
  const failed = once(child, 'error').then(
    () => true,
    () => true,
  );
  const started = once(child, 'spawn').then(() => false);
  started.catch(() => undefined);
  if (!stdout || (await Promise.race([failed, started]))) return;
  const reader = new CommitReader(mark);
  let length = 0;
  stdout.setEncoding('utf8');
  for await (const chunk of stdout) {
    const text = String(chunk);
    length += text.length;
    if (length > MAX_OUTPUT) return;
    yield* reader.read(text);
  }
  yield* reader.end();
}

/**
 * Nothing leads out of the repository at `top`, where its files are whatever it says itself; nothing is fetched or locked.
 * Objects that a partial clone lacks would be fetched by what its configuration says, unless no protocol at all is allowed:
 * only the variable for it has precedence over what the repository allows by name.
 */
function environment(top: string): Readonly<Record<string, string>> {
  return {
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_CEILING_DIRECTORIES: dirname(top),
    GIT_GRAFT_FILE: devNull,
    GIT_NO_LAZY_FETCH: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_WORK_TREE: top,
    LC_ALL: 'C',
  };
}
