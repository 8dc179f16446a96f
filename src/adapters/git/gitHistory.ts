import { randomUUID } from 'node:crypto';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { dirname } from 'node:path';
import type { Commit, History } from '../../core/ports/history.ts';
import { CommitReader, logArguments } from './gitLog.ts';

/** What a history of ordinary size takes a fraction of. */
const TIME_LIMIT_MS = 10_000;

export interface GitHistoryOptions {
  /** The program; tests give others. */
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
    'core.hooksPath=/dev/null',
    'core.attributesFile=/dev/null',
    'core.sshCommand=false',
    'credential.helper=',
    'gpg.program=false',
    'gpg.ssh.program=false',
    'gpg.x509.program=false',
    'log.showSignature=false',
    'protocol.allow=never',
    // A folder that looks like the inside of a repository is one only where somebody says so.
    'safe.bareRepository=explicit',
  ].flatMap((setting) => ['-c', setting]),
];

/**
 * The history of the folder at `root`, an absolute path, by the git on this machine, which writes nothing, reaches no
 * network and starts no program. To be asked for only where the user trusts the folder all the same.
 */
export function createGitHistory(
  root: string,
  { git = 'git', timeLimitMs = TIME_LIMIT_MS }: GitHistoryOptions = {},
): History {
  return {
    async *commits(signal) {
      signal?.throwIfAborted();
      const mark = randomUUID();
      const child = spawn(git, ['-C', root, ...CONFIGURATION, ...logArguments(mark)], {
        // Some systems look for programs where they are started from, and that may be the folder itself.
        cwd: dirname(process.execPath),
        stdio: ['ignore', 'pipe', 'ignore'],
        env: environment(),
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

/** Output of a git that is not there, or that fails, is empty. */
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
  stdout.setEncoding('utf8');
  for await (const chunk of stdout) yield* reader.read(String(chunk));
  yield* reader.end();
}

/**
 * Of the caller's own git command, if any, nothing may lead to another repository; nothing is fetched or locked. Objects
 * that a partial clone lacks would be fetched by what its configuration says, unless no protocol at all is allowed: only
 * the variable for it has precedence over what the repository allows by name.
 */
function environment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^GIT_/i.test(name));
  return {
    ...Object.fromEntries(inherited),
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  };
}
