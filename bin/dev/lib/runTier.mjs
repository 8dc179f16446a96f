// @ts-check
import { rmSync } from 'node:fs';
import { delimiter, dirname } from 'node:path';
import { startGuarded } from './guardedProcess.mjs';
import { ROOT } from './places.mjs';
import { readCounts } from './testResults.mjs';

/** @import { Tier } from './tiers.mjs' */
/** @import { Counts } from './testResults.mjs' */

const TIME_LIMIT_MS = 10 * 60_000;

/**
 * Runs one tier with its output shown.
 *
 * @param {Tier} tier
 * @param {string} results file the tier writes its results to
 * @param {Promise<void>} interrupted
 * @returns {Promise<Counts & { readonly seconds: number } | undefined>} none when interrupted
 */
export async function runTier({ kind, node, command, title }, results, interrupted) {
  rmSync(results, { force: true });
  const started = performance.now();
  const run = startGuarded(node, command, { cwd: ROOT, env: testEnvironment(node), output: 'inherit' });
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const timedOut = new Promise((resolve) => (timer = setTimeout(resolve, TIME_LIMIT_MS, 'timeout')));
  const outcome = await Promise.race([run.exited, timedOut, interrupted.then(() => 'interrupted')]);
  clearTimeout(timer);
  await run.stop();
  if (outcome === 'interrupted') return undefined;
  if (outcome === 'timeout') console.log(`${title} was stopped after ${TIME_LIMIT_MS / 60_000} minutes.`);
  const counts = kind === 'check' ? { passed: 0, failed: 0, skipped: 0 } : readCounts(results);
  const failed = outcome === 0 ? counts.failed : Math.max(counts.failed, 1);
  return { ...counts, failed, seconds: (performance.now() - started) / 1000 };
}

/**
 * Whatever a test starts as `node` is the Node under test.
 *
 * @param {string} node
 */
function testEnvironment(node) {
  const plain = process.env['CI'] === 'true' ? { NO_COLOR: '1', FORCE_COLOR: '0' } : {};
  return {
    ...process.env,
    PATH: [dirname(node), process.env['PATH'] ?? ''].join(delimiter),
    VITE_CONFIG_NATIVE_IGNORE_WARNING: 'true',
    ...plain,
  };
}
