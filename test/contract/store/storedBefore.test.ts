import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { RECIPE } from '../../../src/core/indexing/recipe.ts';
import { wordMethod } from '../../support/wordMethod.ts';
import { checkCommitted } from '../crash/checkCommitted.ts';
import { openIndex } from '../crash/openIndex.ts';
import { temporaryFolder } from './temporaryFolder.ts';

const FILES = 12;
const STORE = join(import.meta.dirname, 'fixtures/storeBeforeVersionNames');

/** The folder whose index the fixture is. */
function writeFolder(root: string): void {
  mkdirSync(join(root, 'src'), { recursive: true });
  for (let n = 0; n < FILES; n++) {
    writeFileSync(
      join(root, `src/gate${n}.ts`),
      `/** Lets visitor ${n} ring the bell, see ringBell, mergeShard segment, journal written in folder1/file2. */\nexport function openGate${n}(visitor: string): boolean {\n  return visitor.length > ${n};\n}\n`,
    );
  }
}

const vectorFiles = (directory: string) =>
  readdirSync(join(directory, 'vectors'), { recursive: true }).map(String).sort();

it('opens a store in which versions of vectors were lists of shards, and makes nothing anew', async () => {
  const [root, directory] = [join(temporaryFolder(), 'folder'), join(temporaryFolder(), 'store')];
  writeFolder(root);
  cpSync(STORE, directory, { recursive: true });
  // What shapes segments may have changed since: that is not what this is about.
  const manifest = new DatabaseSync(join(directory, 'manifest.sqlite'));
  manifest.prepare('UPDATE state SET recipe = ?').run(RECIPE);
  manifest.close();
  const before = vectorFiles(directory);
  const method = {
    ...wordMethod(),
    open: () => {
      throw new Error('Vectors are made anew.');
    },
  };
  const index = await openIndex(root, directory, { method });
  const { serving } = (await index.store.snapshot()).vectors;
  expect(serving?.version).toMatch(/^2-269491031516302 7-103478943346396 .* 63-241832595442497$/);
  expect(await index.indexer.refresh({ repair: true })).toMatchObject({ files: FILES, reused: FILES });
  await index.store.close();
  expect(vectorFiles(directory)).toEqual(before);
  expect((await checkCommitted(root, directory)).files.size).toBe(FILES);

  // A change goes on from there: the shard of the file is written anew, and no other.
  writeFileSync(join(root, 'src/gate3.ts'), 'export const gate = 3;\n');
  const again = await openIndex(root, directory);
  await again.indexer.refresh();
  await again.store.close();
  expect(vectorFiles(directory).filter((name) => before.includes(name))).toHaveLength(before.length - 1);
  expect((await checkCommitted(root, directory)).files.size).toBe(FILES);
});
