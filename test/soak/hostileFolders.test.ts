import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../contract/crash/temporaryFolder.ts';
import type { FolderToOpen, Opened } from '../contract/hostile/children/openEach.ts';
import { largeHostileFolders, makeHostileFolder } from '../support/hostileFolders.ts';
import { runScript } from '../support/startScript.ts';
import { snapshotOf } from '../support/snapshotOf.ts';

/** Megabytes that the process may use. */
const MOST_MEMORY = 1_200;

test.each(largeHostileFolders)('attack: $name', async (folder) => {
  const base = temporaryFolder();
  const [root, victim] = [join(base, 'folder'), join(base, 'victim')];
  for (const each of [root, victim]) mkdirSync(each);
  mkdirSync(join(base, 'stores'), { mode: 0o700 });
  writeFileSync(join(victim, 'letter.txt'), 'a letter');
  makeHostileFolder(folder, { root, victim });
  const before = snapshotOf(victim);
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
});
