// @ts-check
// `npm run test:soak [-- --seed=20251120] [part of a test file's name …]`: kills, faults and memory at length, in some
// twenty minutes, and then all contract tests on the older Node. The seed decides everything that is random, and is printed; without one, every day tries another.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startGuarded } from './lib/guardedProcess.mjs';
import { nodeBinary, toolNode } from './lib/nodeRuntime.mjs';
import { ROOT } from './lib/places.mjs';
import { setUp } from './lib/setUp.mjs';
import { SetupError, runScript } from './lib/setupError.mjs';

const DAY_MS = 86_400_000;
const VITEST = join(ROOT, 'node_modules/vitest/vitest.mjs');

await runScript(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { seed: { type: 'string' } },
  });
  const seed = Number(values.seed ?? Math.floor(Date.now() / DAY_MS));
  if (!Number.isSafeInteger(seed)) throw new SetupError('The seed is a whole number, for example --seed=7.');
  await setUp(['node', 'deps']);
  console.log(`seed ${seed}`);
  const env = { ...process.env, TOUCHSTONE_SOAK_SEED: String(seed) };
  const run = (/** @type {string} */ node, /** @type {string} */ project) => {
    const command = [
      VITEST,
      'run',
      '--config',
      'test/vitest.config.ts',
      '--project',
      project,
      ...positionals,
    ];
    return startGuarded(node, command, { cwd: ROOT, env, output: 'inherit' }).exited;
  };
  const outcome = await run(toolNode(), 'soak');
  if (positionals.length > 0) return outcome;
  // `npm test` leaves some of them out on this Node.
  return Math.max(outcome, await run(nodeBinary(22), 'contract'));
});
