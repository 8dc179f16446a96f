// @ts-check
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, openSync, closeSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LOGS } from './places.mjs';
import { SetupError } from './setupError.mjs';

const LAST_LINES = 15;

/** Logs this process has begun: each begins empty, then collects the output of all commands of its step. */
const begun = new Set();

/**
 * Runs a command with its output in a log file, so that set-up prints one line a step.
 *
 * @param {string} log name of the log
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ readonly cwd?: string, readonly env?: NodeJS.ProcessEnv }} [options]
 */
export async function runLogged(log, command, args, options = {}) {
  mkdirSync(LOGS, { recursive: true });
  const path = join(LOGS, `${log}.log`);
  const file = openSync(path, begun.has(log) ? 'a' : 'w');
  begun.add(log);
  try {
    const child = spawn(command, args, { ...options, stdio: ['ignore', file, file] });
    const [code, signal] = await once(child, 'close');
    if (code !== 0) throw new SetupError(describe(path, [command, ...args], code ?? signal));
  } catch (error) {
    if (error instanceof SetupError) throw error;
    throw new SetupError(`Cannot start ${command}: ${String(error)}`, { cause: error });
  } finally {
    closeSync(file);
  }
}

/**
 * @param {string} path
 * @param {readonly string[]} command
 * @param {number | string} outcome
 */
function describe(path, command, outcome) {
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n').slice(-LAST_LINES);
  return [`This command failed (${outcome}): ${command.join(' ')}`, ...lines, `Full log: ${path}`].join('\n');
}
