// @ts-check
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ROOT } from './places.mjs';

const GUARD = join(ROOT, 'bin/dev/lib/guard.mjs');
const POLL_MS = 20;
const REAP_MS = 300;

/**
 * @typedef {object} GuardedProcess
 * @property {import('node:stream').Readable | null} stdout
 * @property {import('node:stream').Readable | null} stderr
 * @property {Promise<number>} exited the exit code, once the process and all it started have been told to end
 * @property {() => Promise<void>} stop resolves when the whole process group is gone
 */

/**
 * Starts a process that cannot outlive this one, nor can anything it starts in its process group.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ readonly cwd?: string, readonly env?: NodeJS.ProcessEnv, readonly output?: 'pipe' | 'inherit' | number }} [options]
 *   `output` is where both streams go; a number is an open file
 * @returns {GuardedProcess}
 */
export function startGuarded(command, args, { output = 'pipe', ...options } = {}) {
  const guard = spawn(process.execPath, [GUARD, command, ...args], {
    ...options,
    stdio: ['ignore', output, output, 'ipc'],
    detached: process.platform !== 'win32',
  });
  let code = 1;
  guard.on('message', (message) => (code = Number(message)));
  // The code may arrive after the exit is known, but not after the channel is closed.
  const exited = Promise.all([once(guard, 'exit'), once(guard, 'disconnect')]).then(() => code);
  return {
    stdout: guard.stdout,
    stderr: guard.stderr,
    exited,
    stop: async () => {
      if (guard.connected) guard.disconnect();
      await exited;
      if (guard.pid !== undefined) await groupIsGone(guard.pid);
    },
  };
}

/**
 * Waits until the killed are gone. Those that a slow init, as in a container, keeps as zombies are not waited for long.
 *
 * @param {number} group
 */
async function groupIsGone(group) {
  if (process.platform === 'win32') return;
  for (let waited = 0; waited < REAP_MS; waited += POLL_MS) {
    try {
      process.kill(-group, 0);
    } catch {
      return;
    }
    await delay(POLL_MS);
  }
}
