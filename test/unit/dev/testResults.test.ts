import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCounts } from '../../../bin/dev/lib/testResults.mjs';

describe('counting what a tier reported', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'touchstone-counts-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function count(report: unknown) {
    const path = join(folder, 'results.json');
    await writeFile(path, JSON.stringify(report));
    return readCounts(path);
  }
  const file = (status: string, ...states: string[]) => ({
    status,
    assertionResults: states.map((state) => ({ status: state })),
  });

  it("adds up vitest's files", async () => {
    const testResults = [file('passed', 'passed', 'passed'), file('failed', 'failed', 'passed', 'skipped')];
    expect(await count({ testResults })).toEqual({ passed: 3, failed: 1, skipped: 1 });
  });

  it('counts a file that failed outside its tests as one failed test', async () => {
    const testResults = [file('failed'), file('failed', 'passed'), file('passed', 'passed')];
    expect(await count({ testResults })).toEqual({ passed: 2, failed: 2, skipped: 0 });
  });

  it('reads the list of the host tier', async () => {
    const tests = ['passed', 'skipped', 'failed', 'passed'].map((state) => ({ state }));
    expect(await count({ tests })).toEqual({ passed: 2, failed: 1, skipped: 1 });
  });

  it('takes a tier that ran nothing for failed', async () => {
    expect(await count({ testResults: [] })).toEqual({ passed: 0, failed: 1, skipped: 0 });
    expect(await count({ tests: [{ state: 'skipped' }] })).toEqual({ passed: 0, failed: 1, skipped: 1 });
    expect(readCounts(join(folder, 'missing.json'))).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});
