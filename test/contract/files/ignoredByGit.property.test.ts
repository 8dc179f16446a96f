import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createNodeFileTree } from '../../../src/adapters/files/nodeFileTree.ts';
import { ignoreTree } from '../../support/ignoreTree.ts';
import { discover } from '../../../src/core/indexing/discover.ts';

const RUNS = 150;
const SEED = 20_261_121;

let root: string;

beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'touchstone-ignore-')));
  execFileSync('git', ['init', '--quiet', root]);
});

afterAll(async () => {
  await rm(root, { recursive: true, force: true });
});

/** Paths of the files that git would add, in code-unit order. */
function keptByGit(): readonly string[] {
  const listed = execFileSync(
    'git',
    ['-c', 'core.excludesFile=/dev/null', 'ls-files', '-z', '--others', '--exclude-standard'],
    { cwd: root, encoding: 'utf8' },
  );
  return listed
    .split('\0')
    .filter((path) => path !== '')
    .sort();
}

async function keptByUs(): Promise<readonly string[]> {
  const { files } = await discover(await createNodeFileTree(root));
  return files.map(({ path }) => path);
}

async function lay(files: Readonly<Record<string, string>>): Promise<void> {
  for (const name of await readdir(root)) {
    if (name !== '.git') await rm(join(root, name), { recursive: true, force: true });
  }
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
}

test('the same files are left out as git leaves out, whatever the rules', async () => {
  await fc.assert(
    fc.asyncProperty(ignoreTree, async (laid) => {
      await lay(laid);
      expect(await keptByUs()).toEqual(keptByGit());
    }),
    { numRuns: RUNS, seed: SEED },
  );
});
