// @ts-check
import { existsSync, readFileSync } from 'node:fs';

/** @typedef {{ readonly passed: number, readonly failed: number, readonly skipped: number }} Counts */

/**
 * Counts what a tier reported: vitest's JSON, or the list of tests that the host tier writes. A file that could not
 * even be loaded counts as one failed test, and so does a tier that reported nothing.
 *
 * @param {string} path
 * @returns {Counts}
 */
export function readCounts(path) {
  if (!existsSync(path)) return { passed: 0, failed: 1, skipped: 0 };
  const report = JSON.parse(readFileSync(path, 'utf8'));
  /** @type {string[]} */
  const states = report.tests
    ? report.tests.map((/** @type {{ state: string }} */ { state }) => state)
    : report.testResults.flatMap(statesOfFile);
  const count = (/** @type {string[]} */ ...wanted) =>
    states.filter((state) => wanted.includes(state)).length;
  const passed = count('passed');
  const failed = count('failed');
  return { passed, failed: passed + failed === 0 ? 1 : failed, skipped: states.length - passed - failed };
}

/**
 * @param {{ status: string, assertionResults: { status: string }[] }} file
 */
function statesOfFile({ status, assertionResults }) {
  const states = assertionResults.map((test) => test.status);
  return status === 'failed' && !states.includes('failed') ? [...states, 'failed'] : states;
}
