import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FolderToOpen, Opened } from '../contract/hostile/children/openEach.ts';
import { largeHostileFolders, makeHostileFolder } from '../support/hostileFolders.ts';
import { runScript } from '../support/startScript.ts';
import { snapshotOf } from '../support/snapshotOf.ts';

/** Megabytes that the process may use. */
const MOST_MEMORY = 1_200;

let base: string;
let victim: string;

beforeAll(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'touchstone-hostile-')));
  victim = join(base, 'victim');
  mkdirSync(victim);
  mkdirSync(join(base, 'stores'), { mode: 0o700 });
  writeFileSync(join(victim, 'letter.txt'), 'a letter');
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

test.each(largeHostileFolders)('attack: $name', async (folder) => {
  const before = snapshotOf(victim);
  const root = join(base, 'folder');
  mkdirSync(root);
  makeHostileFolder(folder, { root, victim });
  const store = join(base, 'stores/a');
  const list: readonly FolderToOpen[] = [
    { name: folder.name, root, store, otherStore: join(base, 'stores/b') },
  ];
  writeFileSync(join(base, 'list.json'), JSON.stringify(list));
  const script = new URL('../contract/hostile/children/openEach.ts', import.meta.url);
  const { by, lines, errors } = await runScript(script, join(base, 'list.json'));
  process.stdout.write(`${lines.join('\n')}\n`);
  expect({ by, errors }).toEqual({ by: 0, errors: '' });
  const result = JSON.parse(lines[0] ?? '') as Opened;
  expect(result.megabytes).toBeLessThan(MOST_MEMORY);
  expect(result.refusal).toBeUndefined();
  expect(result.cancelled).toMatch(/^(ended|was done)$/);
  expect(result.found).toContain('gate.ts');
  expect(snapshotOf(victim)).toEqual(before);
  rmSync(root, { recursive: true });
  for (const name of ['a', 'b']) rmSync(join(base, 'stores', name), { recursive: true, force: true });
});
