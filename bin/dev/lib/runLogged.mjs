// @ts-check
import { mkdirSync, openSync, closeSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startGuarded } from './guardedProcess.mjs';
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
    const code = await startGuarded(command, args, { ...options, output: file }).exited;
    if (code !== 0) throw new SetupError(describe(path, [command, ...args], code));
  } finally {
    closeSync(file);
  }
}

/**
 * @param {string} path
 * @param {readonly string[]} command
 * @param {number} code
 */
function describe(path, command, code) {
  // A script's own stack says nothing about what is wrong.
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => !/^(npm error)?\s*(at |$)/.test(line));
  return [
    `This command failed (exit code ${code}): ${command.join(' ')}`,
    ...lines.slice(-LAST_LINES),
    `Full log: ${path}`,
  ].join('\n');
}
