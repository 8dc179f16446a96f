// @ts-check
// `npm test [-- --tier=unit,host] [part of a test file's name …]`: sets up what is missing, then runs every tier to its
// end, some side by side. The last line counts the tests; a failed type check, lint or format check counts as one failed
// test.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runTier } from './lib/runTier.mjs';
import { shareOutput } from './lib/screen.mjs';
import { setUp } from './lib/setUp.mjs';
import { SetupError, runScript } from './lib/setupError.mjs';
import { STEPS } from './lib/steps.mjs';
import { listTiers, openLanes } from './lib/tiers.mjs';
import { untilInterrupted } from './lib/untilInterrupted.mjs';
import { ensureVsix } from './lib/vsix.mjs';

/** @import { StepName } from './lib/steps.mjs' */
/** @import { Lane, Tier } from './lib/tiers.mjs' */

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
  return runTiers(selectTiers(listTiers(folder, positionals), values.tier?.split(','), positionals));
});

/** @param {readonly Tier[]} tiers */
async function runTiers(tiers) {
  const interrupted = untilInterrupted();
  const lanes = openLanes(tiers);
  const outputs = shareOutput(lanes.length, (text) => process.stdout.write(text));
  const running = outputs.flatMap((output, at) => {
    const lane = lanes[at];
    return lane ? [runLane(lane, output, interrupted)] : [];
  });
  const done = (await Promise.all(running))
    .flat()
    .sort((a, b) => tiers.indexOf(a.tier) - tiers.indexOf(b.tier));
  if (done.length < tiers.length) return INTERRUPTED;
  const count = (/** @type {'passed' | 'failed'} */ what) => done.reduce((sum, each) => sum + each[what], 0);
  const failed = count('failed');
  console.log(`\n${done.map(({ line }) => line).join('\n')}\n\n${count('passed')} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

/**
 * Runs a lane's tiers one after the other.
 *
 * @param {Lane} lane
 * @param {import('./lib/screen.mjs').LaneOutput} output
 * @param {Promise<void>} interrupted
 */
async function runLane(lane, output, interrupted) {
  const done = [];
  for (let tier = lane.next(); tier; tier = lane.next()) {
    output.write(`\n── ${tier.title}\n`);
    const outcome = await runTier(tier, output.write, interrupted);
    if (!outcome) return done;
    const line = summarise(tier, outcome);
    output.write(`${line}\n`);
    output.endSection();
    done.push({ ...outcome, tier, line });
  }
  output.close();
  return done;
}

/**
 * @param {readonly Tier[]} tiers
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
 * @param {Tier} tier
 * @param {NonNullable<Awaited<ReturnType<typeof runTier>>>} outcome
 */
function summarise({ title, kind }, { passed, failed, skipped, seconds }) {
  const checked = failed === 0 ? 'ok' : 'failed';
  const counted = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
  return `${title.padEnd(20)} ${(kind === 'check' ? checked : counted).padEnd(34)} ${seconds.toFixed(1)} s`;
}
