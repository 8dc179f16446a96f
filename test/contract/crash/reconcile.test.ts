import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { seededRandom } from '../../support/seededRandom.ts';
import { editFolder } from './editFolder.ts';
import { filledPlace, Heard, openIndexer, openReader, type Place } from './engineOnDisk.ts';
import { contentFromScratch, differences, indexContent } from './indexContent.ts';
import { sourceText } from './sourceText.ts';
import { refreshTogether } from './refreshTogether.ts';

async function expectSound({ root, directory }: Place): Promise<void> {
  expect(differences(await indexContent(root, directory), await contentFromScratch(root))).toEqual([]);
}

async function indexOnce(place: Place): Promise<void> {
  const indexer = await openIndexer(place);
  await indexer.refresh({ fromScratch: false });
  await indexer.close();
}

describe('changes made while nothing was running', () => {
  it('are found by the first refresh, whatever they are', async () => {
    const place = filledPlace();
    const at = (path: string) => join(place.root, path);
    writeFileSync(at('folder2/deleted.ts'), 'export const wasDeleted = 1;\n');
    writeFileSync(at('folder2/renamed.ts'), 'export const wasRenamed = 1;\n');
    writeFileSync(at('folder2/replaced.ts'), 'export const wasReplaced = 1;\n');
    writeFileSync(at('folder2/ignored.ts'), 'export const isIgnoredNow = 1;\n');
    writeFileSync(at('folder2/changed.ts'), 'export const beforeChange = 1;\n');
    await indexOnce(place);
    rmSync(at('folder2/deleted.ts'));
    renameSync(at('folder2/renamed.ts'), at('folder2/withNewName.ts'));
    rmSync(at('folder2/replaced.ts'));
    mkdirSync(at('folder2/replaced.ts'));
    writeFileSync(at('folder2/replaced.ts/inner.ts'), 'export const insideReplaced = 1;\n');
    writeFileSync(at('.gitignore'), 'ignored.ts\n');
    writeFileSync(at('folder2/changed.ts'), 'export const afterChange = 1;\n');
    await indexOnce(place);
    const reader = await openReader(place);
    await reader.catchUp();
    const firstPath = async (word: string) => (await reader.search(word, 1))[0]?.path;
    expect(await firstPath('wasRenamed')).toBe('folder2/withNewName.ts');
    expect(await firstPath('insideReplaced')).toBe('folder2/replaced.ts/inner.ts');
    expect(await firstPath('afterChange')).toBe('folder2/changed.ts');
    const paths = (await reader.search('wasDeleted isIgnoredNow beforeChange wasReplaced', 50)).map(
      ({ path }) => path,
    );
    for (const gone of ['deleted', 'renamed', 'ignored']) expect(paths).not.toContain(`folder2/${gone}.ts`);
    expect(paths).not.toContain('folder2/replaced.ts');
    await expectSound(place);
  });

  it.each([11, 12, 13])('(seed %i) leave an index that equals one from scratch', async (seed) => {
    const place = filledPlace(seed);
    const random = seededRandom(seed);
    for (let round = 0; round < 3; round++) {
      await indexOnce(place);
      for (let edit = 0; edit < 25; edit++) editFolder(place.root, random);
    }
    await indexOnce(place);
    await expectSound(place);
  });
});

describe('a burst of 2,000 files', () => {
  it('during a refresh ends in what an index from scratch has, and a reader that followed finds the same', async () => {
    const place = filledPlace();
    const random = seededRandom(21);
    const heard = new Heard();
    const indexer = await openIndexer(place, heard);
    const reader = await openReader(place);
    const paths = Array.from({ length: 2000 }, (_, index) => `burst${index % 20}/module${index}.ts`);
    for (let folder = 0; folder < 20; folder++) mkdirSync(join(place.root, `burst${folder}`));
    for (const path of paths.slice(0, 1000)) writeFileSync(join(place.root, path), sourceText(random, 1));
    const refreshing = indexer.refresh({ fromScratch: false });
    const touches: Promise<unknown>[] = [];
    for (let start = 0; start < paths.length; start += 250) {
      const batch = paths.slice(start, start + 250);
      for (const path of batch) writeFileSync(join(place.root, path), sourceText(random, 1));
      touches.push(indexer.touch(batch));
      await reader.catchUp();
    }
    rmSync(join(place.root, 'burst3'), { recursive: true });
    touches.push(indexer.touch(['burst3']));
    await Promise.all([refreshing, ...touches]);
    await indexer.idle();
    expect(heard.statuses.filter(({ state }) => state === 'failed')).toEqual([]);
    await reader.catchUp();
    const expected = await contentFromScratch(place.root);
    expect(differences(await indexContent(place.root, place.directory), expected)).toEqual([]);
    for (const [query, hits] of Object.entries(expected.hits)) {
      // A busy machine may answer without vectors once.
      await vi.waitFor(async () => expect(await reader.search(query, 20)).toEqual(hits));
    }
  });
});

describe('two processes on one folder and store', () => {
  it('wait for each other and agree in the end', async () => {
    expect(await refreshTogether(31, 8)).toEqual([]);
  });

  it('tell their readers what the other has committed', async () => {
    const place = filledPlace();
    await indexOnce(place);
    const heard = new Heard();
    const second = await openIndexer(place, heard);
    await second.refresh({ fromScratch: false });
    writeFileSync(join(place.root, 'folder0/file0.ts'), 'export const fromTheFirst = 1;\n');
    const first = await openIndexer(place);
    await first.touch(['folder0/file0.ts']);
    await first.idle();
    const before = heard.generations.length;
    await second.touch(['folder0/file0.ts']);
    await second.idle();
    expect(heard.generations.slice(before)).toHaveLength(1);
    await second.touch(['folder0/file0.ts']);
    await second.idle();
    expect(heard.generations.slice(before)).toHaveLength(1);
  });
});
