import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { atomicWrite } from '../../../src/adapters/durable/atomicWrite.ts';
import { seededRandom } from '../../support/seededRandom.ts';
import { smallLearntMethod } from '../../support/smallLearntMethod.ts';
import { checkCommitted } from './checkCommitted.ts';
import { rewriteFile } from './editFolder.ts';
import { filledPlace, type Place } from './engineOnDisk.ts';
import { contentFromScratch, differences, indexContent } from './indexContent.ts';
import { onCommit } from './onCommit.ts';
import { openIndex, type OpenIndexOptions } from './openIndex.ts';
import { strayFiles } from './strayFiles.ts';

const learnt = { method: smallLearntMethod() };

async function refreshOnce({ root, directory }: Place, options: OpenIndexOptions = learnt): Promise<void> {
  const { indexer, store } = await openIndex(root, directory, options);
  try {
    await indexer.refresh();
  } finally {
    await store.close();
  }
}

async function expectSound({ root, directory }: Place): Promise<void> {
  const found = await indexContent(root, directory, learnt);
  expect(differences(found, await contentFromScratch(root, learnt))).toEqual([]);
  expect(strayFiles(directory)).toEqual([]);
}

describe('making the first vectors, ended', () => {
  it.each(['learning', 'the write of the basis', 'the second shard', 'the last commit'])(
    'at %s leaves words that can be searched, and the next pass ends in the same index',
    async (step) => {
      const place = filledPlace();
      const end = () => {
        throw new Error('ended');
      };
      let [commits, shards] = [0, 0];
      const ended = refreshOnce(place, {
        method: smallLearntMethod(step === 'learning' ? end : undefined),
        async writeFile(file, bytes) {
          if (step === 'the write of the basis' && file.endsWith('.basis')) end();
          if (step === 'the second shard' && file.endsWith('.vpk') && ++shards === 2) end();
          await atomicWrite(file, bytes);
        },
        wrap: (store) =>
          onCommit(store, () => (++commits === 3 && step === 'the last commit' ? end() : undefined)),
      });
      await expect(ended).rejects.toThrow('ended');
      const { complete, vectors } = await checkCommitted(place.root, place.directory, learnt);
      expect([complete, vectors.serving]).toEqual([true, undefined]);
      await refreshOnce(place);
      await expectSound(place);
    },
  );
});

describe('replacing vectors by others', () => {
  it('lets the old ones serve until the new ones are whole, and frees their files at once', async () => {
    const place = filledPlace();
    await refreshOnce(place, {});
    const folders = () => readdirSync(join(place.directory, 'vectors'));
    expect(folders()).toHaveLength(1);
    const serving: (string | undefined)[] = [];
    const { indexer, store } = await openIndex(place.root, place.directory, {
      ...learnt,
      wrap: (inner) =>
        onCommit(
          inner,
          () => undefined,
          () => void inner.snapshot().then(({ vectors }) => serving.push(vectors.serving?.method)),
        ),
    });
    await indexer.refresh();
    await store.close();
    expect(serving.at(0)).toContain('hash');
    expect(folders()).toHaveLength(1);
    await expectSound(place);
  });

  it('keeps one copy on disk however often files are saved', async () => {
    const place = filledPlace();
    const random = seededRandom(3);
    await refreshOnce(place);
    const vectors = join(place.directory, 'vectors');
    const bytes = () =>
      readdirSync(vectors, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
    const before = bytes();
    const { indexer, store } = await openIndex(place.root, place.directory, learnt);
    for (let save = 0; save < 20; save++) await indexer.refresh({ paths: rewriteFile(place.root, random) });
    await store.close();
    expect(bytes()).toBeLessThan(before * 2);
    expect(strayFiles(place.directory)).toEqual([]);
  });
});

describe.each([
  ['altered', (file: string) => writeFileSync(file, new Uint8Array(4000))],
  ['missing', (file: string) => rmSync(file)],
])('a basis that is %s', (_, damage) => {
  it('is learnt anew from the segments, without reading a file of the folder', async () => {
    const place = filledPlace();
    await refreshOnce(place);
    const bases = join(place.directory, 'bases');
    for (const name of readdirSync(bases)) damage(join(bases, name));
    const { indexer, store } = await openIndex(place.root, place.directory, learnt);
    expect(await indexer.refresh({ repair: true })).toMatchObject({ reused: 50 });
    await store.close();
    await expectSound(place);
  });
});
