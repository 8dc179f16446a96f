// @ts-check
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startGuarded } from './guardedProcess.mjs';
import { ROOT } from './places.mjs';
import { readCounts } from './testResults.mjs';

/** @import { Tier } from './tiers.mjs' */
/** @import { Counts } from './testResults.mjs' */

/** A tier that has said nothing for so long hangs; on however slow a machine, a file of tests ends earlier. */
const SILENCE_MINUTES = 60;

/** For the last output of a tier to arrive, unless something that outlived it keeps the stream open. */
const LAST_OUTPUT_MS = 5000;

/**
 * Runs one tier.
 *
 * @param {Tier} tier
 * @param {(text: string) => void} write gets all its output
 * @param {Promise<void>} interrupted
 * @returns {Promise<Counts & { readonly seconds: number } | undefined>} none when interrupted
 */
export async function runTier({ kind, node, command, title, results }, write, interrupted) {
  rmSync(results, { force: true });
  const started = performance.now();
  const run = startGuarded(node, command, { cwd: ROOT, env: testEnvironment(node, dirname(results)) });
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const silent = new Promise((resolve) => (timer = setTimeout(resolve, SILENCE_MINUTES * 60_000, 'silent')));
  const closed = [run.stdout, run.stderr].map((stream) => {
    stream?.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      timer?.refresh();
      write(text);
    });
    return stream && once(stream, 'close');
  });
  const outcome = await Promise.race([run.exited, silent, interrupted.then(() => 'interrupted')]);
  clearTimeout(timer);
  await run.stop();
  if (outcome === 'interrupted') return undefined;
  await Promise.race([Promise.all(closed), delay(LAST_OUTPUT_MS, undefined, { ref: false })]);
  if (outcome === 'silent') {
    write(`${title} was stopped: it had said nothing for ${SILENCE_MINUTES} minutes.\n`);
  } else if (kind === 'tests' && !existsSync(results)) {
    write(`${title} ended with exit code ${outcome} before it had any results.\n`);
  }
  const counts = kind === 'check' ? { passed: 0, failed: 0, skipped: 0 } : readCounts(results);
  const failed = outcome === 0 ? counts.failed : Math.max(counts.failed, 1);
  return { ...counts, failed, seconds: (performance.now() - started) / 1000 };
}

/**
 * Whatever a test starts as `node` is the Node under test. Code that many of the processes load is compiled once a run.
 *
 * @param {string} node
 * @param {string} folder goes with the run
 */
function testEnvironment(node, folder) {
  return {
    ...process.env,
    ...colours(),
    PATH: [dirname(node), process.env['PATH'] ?? ''].join(delimiter),
    NODE_COMPILE_CACHE: join(folder, 'compiled'),
    VITE_CONFIG_NATIVE_IGNORE_WARNING: 'true',
  };
}

/** The tiers write into pipes, and could not tell that a person reads it. */
function colours() {
  if (process.env['CI'] === 'true') return { NO_COLOR: '1', FORCE_COLOR: '0' };
  return process.stdout.isTTY && !process.env['NO_COLOR'] ? { FORCE_COLOR: '1' } : {};
}
