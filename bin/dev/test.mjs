// @ts-check
// `npm test [-- --tier=unit,host] [part of a test file's name …]`: sets up what is missing, then runs every tier to its
// end. The last line counts the tests; a failed type check, lint or format check counts as one failed test.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runTier } from './lib/runTier.mjs';
import { setUp } from './lib/setUp.mjs';
import { SetupError, runScript } from './lib/setupError.mjs';
import { STEPS } from './lib/steps.mjs';
import { listTiers } from './lib/tiers.mjs';
import { untilInterrupted } from './lib/untilInterrupted.mjs';
import { ensureVsix } from './lib/vsix.mjs';

/** @import { StepName } from './lib/steps.mjs' */

const INTERRUPTED = 130;

await runScript(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { tier: { type: 'string' } },
  });
  await setUp(/** @type {StepName[]} */ (Object.keys(STEPS)));
  await ensureVsix();
  const folder = mkdtempSync(join(tmpdir(), 'touchstone-test-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return runTiers(join(folder, 'results.json'), values.tier?.split(','), positionals);
});

/**
 * @param {string} results
 * @param {readonly string[] | undefined} names
 * @param {readonly string[]} filters
 */
async function runTiers(results, names, filters) {
  const interrupted = untilInterrupted();
  const lines = [];
  let passed = 0;
  let failed = 0;
  for (const tier of selectTiers(listTiers(results, filters), names, filters)) {
    console.log(`\n── ${tier.title}`);
    const outcome = await runTier(tier, results, interrupted);
    if (!outcome) return INTERRUPTED;
    passed += outcome.passed;
    failed += outcome.failed;
    lines.push(summarise(tier, outcome));
    console.log(lines.at(-1));
  }
  console.log(`\n${lines.join('\n')}\n\n${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

/**
 * @param {ReturnType<typeof listTiers>} tiers
 * @param {readonly string[] | undefined} names
 * @param {readonly string[]} filters
 */
function selectTiers(tiers, names, filters) {
  const unknown = names?.filter((name) => !tiers.some((tier) => tier.name === name)) ?? [];
  if (unknown.length > 0) {
    const known = [...new Set(tiers.map(({ name }) => name))];
    throw new SetupError(`Unknown tier ${unknown.join(', ')}. The tiers are ${known.join(', ')}.`);
  }
  if (names) return tiers.filter(({ name }) => names.includes(name));
  return filters.length > 0 ? tiers.filter(({ kind }) => kind === 'tests') : tiers;
}

/**
 * @param {import('./lib/tiers.mjs').Tier} tier
 * @param {NonNullable<Awaited<ReturnType<typeof runTier>>>} outcome
 */
function summarise({ title, kind }, { passed, failed, skipped, seconds }) {
  const checked = failed === 0 ? 'ok' : 'failed';
  const counted = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
  return `${title.padEnd(20)} ${(kind === 'check' ? checked : counted).padEnd(34)} ${seconds.toFixed(1)} s`;
}
