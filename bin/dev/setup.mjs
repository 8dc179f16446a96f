// @ts-check
// `npm run setup [-- --only=node,deps,build]`: installs and builds all that the other commands need. The command line
// tool needs only node, deps and build; `npm run try` does without node22 and browser.
import { parseArgs } from 'node:util';
import { setUp } from './lib/setUp.mjs';
import { SetupError, runScript } from './lib/setupError.mjs';
import { STEPS } from './lib/steps.mjs';

/** @import { StepName } from './lib/steps.mjs' */

const ALL = /** @type {StepName[]} */ (Object.keys(STEPS));

await runScript(async () => {
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  const wanted = values.only?.split(',') ?? ALL;
  const unknown = wanted.filter((name) => !Object.hasOwn(STEPS, name));
  if (unknown.length > 0) {
    throw new SetupError(`Unknown step ${unknown.join(', ')}. The steps are ${ALL.join(', ')}.`);
  }
  const started = performance.now();
  await setUp(ALL.filter((name) => wanted.includes(name)));
  console.log(`Set-up: ready (${((performance.now() - started) / 1000).toFixed(1)} s)`);
});
