import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { evaluateFolder } from '../../../src/engine/evaluation/evaluationService.ts';
import { silentLogger } from '../../support/silentLogger.ts';
import { temporaryFolder } from '../crash/temporaryFolder.ts';

afterEach(() => vi.unstubAllEnvs());

/** Whether an evaluation starts the first program called git that there is. */
async function startsGit(isTrusted: boolean): Promise<boolean> {
  const base = temporaryFolder();
  const root = join(base, 'folder');
  const mark = join(base, 'mark');
  mkdirSync(join(base, 'bin'));
  writeFileSync(join(base, 'bin/git'), `#!/bin/sh\necho "$@" >> '${mark}'\n`, { mode: 0o755 });
  vi.stubEnv('PATH', `${join(base, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`);
  mkdirSync(join(root, '.git'), { recursive: true });
  writeFileSync(join(root, '.git/HEAD'), 'ref: refs/heads/main\n');
  writeFileSync(join(root, 'bell.ts'), '/** Rings the bell. */\nexport function ringBell(): void {}\n');
  const options = { suites: ['retrieval'], cases: 5, seed: 1, state: join(base, 'state') } as const;
  await evaluateFolder(root, { ...options, isTrusted }, silentLogger);
  return existsSync(mark);
}

test.skipIf(process.platform === 'win32')(
  'attack: git is started in a folder that the user trusts only',
  async () => {
    expect(await startsGit(true)).toBe(true);
    expect(await startsGit(false)).toBe(false);
  },
);
