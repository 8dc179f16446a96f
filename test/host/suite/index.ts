// Called inside the extension host: runs every bundled test file beside this one.
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';
import { TEST_LIMIT_MS } from '../../support/patience.ts';
import type { SuiteResult, TestResult } from '../suiteResult.ts';

/** The results go to the file named by TOUCHSTONE_RESULTS; a failure rejects, which makes the host exit with 1. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: TEST_LIMIT_MS, color: false });
  for (const name of readdirSync(__dirname).sort()) {
    if (name.endsWith('.test.js') && isWanted(name)) mocha.addFile(join(__dirname, name));
  }
  const tests: TestResult[] = [];
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => resolve());
    const record = (test: Mocha.Test, state: TestResult['state'], error?: Error): void => {
      const failure = error && { error: error.stack ?? String(error) };
      tests.push({ title: test.fullTitle(), state, durationMs: test.duration ?? 0, ...failure });
    };
    runner.on('pass', (test) => record(test, 'passed'));
    runner.on('pending', (test) => record(test, 'skipped'));
    runner.on('fail', (test, error: Error) => record(test, 'failed', error));
  });
  const result: SuiteResult = { tests };
  writeFileSync(process.env['TOUCHSTONE_RESULTS'] ?? join(__dirname, 'results.json'), JSON.stringify(result));
  const failed = tests.filter((test) => test.state === 'failed').length;
  if (failed > 0) throw new Error(`${failed} of ${tests.length} tests failed`);
}

/** TOUCHSTONE_FILTER holds parts of file names, one of which must occur; none at all wants every file. */
function isWanted(name: string): boolean {
  const filters = process.env['TOUCHSTONE_FILTER']?.split(' ').filter((filter) => filter !== '') ?? [];
  return filters.length === 0 || filters.some((filter) => name.includes(filter));
}
