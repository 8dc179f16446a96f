// @ts-check
import { withSetupLock } from './setupLock.mjs';
import { STEPS } from './steps.mjs';

/** @import { StepName } from './steps.mjs' */

/**
 * Brings the named parts of the development environment up to date; prints a line for each that had work to do.
 * Does nothing, in well under a second, when all is there.
 *
 * @param {readonly StepName[]} names
 */
export async function setUp(names) {
  if (names.every((name) => STEPS[name].isDone())) return;
  await withSetupLock(async () => {
    for (const name of names) {
      const { title, isDone, run } = STEPS[name];
      if (isDone()) continue;
      const started = performance.now();
      process.stdout.write(`Set-up: ${title} … `);
      try {
        await run();
      } catch (error) {
        process.stdout.write('failed\n');
        throw error;
      }
      process.stdout.write(`done in ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
    }
  });
}
