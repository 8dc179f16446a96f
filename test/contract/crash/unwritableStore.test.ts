import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { atomicWrite } from '../../../src/adapters/durable/atomicWrite.ts';
import { storageError } from '../../../src/adapters/durable/storageError.ts';
import { openSignalLedger } from '../../../src/adapters/sqlite/signalLedger.ts';
import { canMount } from '../../support/canMount.ts';
import { seededRandom } from '../../support/seededRandom.ts';
import { silentLogger } from '../../support/silentLogger.ts';
import { checkCommitted } from './checkCommitted.ts';
import { checkLedger, numberedSignal } from './checkLedger.ts';
import { rewriteFile } from './editFolder.ts';
import {
  engineConfig,
  filledPlace,
  Heard,
  newEngines,
  openIndexer,
  openReader,
  type Place,
} from './engineOnDisk.ts';
import { contentFromScratch, differences, indexContent } from './indexContent.ts';
import { fill, mountedFolder } from './mountedFolder.ts';
import { openIndex } from './openIndex.ts';
import { strayFiles } from './strayFiles.ts';

async function expectSound({ root, directory }: Place): Promise<void> {
  expect(differences(await indexContent(root, directory), await contentFromScratch(root))).toEqual([]);
}

describe('a disk that is full from one write on', () => {
  it.each([1, 2, 7, 20])(
    '(write %i) fails the pass, keeps what was committed, and is caught up with later',
    async (from) => {
      const place = filledPlace();
      const random = seededRandom(from);
      let writes = -Infinity;
      const { indexer, store } = await openIndex(place.root, place.directory, {
        async writeFile(file, bytes) {
          if (++writes >= from)
            throw storageError(Object.assign(new Error('full'), { code: 'ENOSPC' }), file);
          await atomicWrite(file, bytes);
        },
      });
      await indexer.refresh();
      const generation = await store.generation();
      for (let edit = 0; edit < 40; edit++) rewriteFile(place.root, random);
      writes = 0;
      await expect(indexer.refresh()).rejects.toMatchObject({ code: 'store-full' });
      // The first write is that of the words; those that follow are of vectors.
      const committed = await checkCommitted(place.root, place.directory);
      expect(committed.generation).toBe(from === 1 ? generation : generation + 1);
      writes = -Infinity;
      await indexer.refresh();
      await store.close();
      expect(strayFiles(place.directory)).toEqual([]);
      await expectSound(place);
    },
  );
});

describe.runIf(canMount())('a file system that is really full', () => {
  it('is named in the status; what failed is indexed with the next change once there is space', async () => {
    const disk = mountedFolder(8192);
    const place = { ...filledPlace(), directory: join(disk.folder, 'store') };
    const heard = new Heard();
    const { indexer, query } = newEngines(heard);
    await indexer.open(engineConfig(place));
    await indexer.refresh({ fromScratch: false });
    await query.open(engineConfig(place));
    await query.catchUp(place.root);
    const free = fill(disk.folder);
    writeFileSync(join(place.root, 'folder1/missed.ts'), 'export const missedThing = 1;\n'.repeat(400));
    const folder = await openIndexer(place, heard);
    await expect(folder.touch(['folder1/missed.ts'])).rejects.toMatchObject({ code: 'store-full' });
    expect(heard.lastStatus).toMatchObject({ state: 'failed' });
    expect(heard.lastStatus).toHaveProperty(
      'message',
      expect.stringMatching(/no space left.*Free some disk space/),
    );
    await query.catchUp(place.root);
    expect(heard.damaged).toEqual([]);
    expect((await query.search('open gate for visitor', 5)).length).toBe(5);
    free(4 << 20);
    await folder.touch(['folder1/file1.ts']);
    await folder.idle();
    expect(heard.lastStatus).toMatchObject({ state: 'ready' });
    await query.catchUp(place.root);
    expect(await query.search('missedThing', 1)).toMatchObject([{ path: 'folder1/missed.ts' }]);
    await expectSound(place);
  });

  it('can still be freed by clearing the index', async () => {
    const disk = mountedFolder(8192);
    const place = { ...filledPlace(), directory: join(disk.folder, 'store') };
    const folder = await openIndexer(place);
    await folder.refresh({ fromScratch: false });
    const reader = await openReader(place);
    await reader.catchUp();
    fill(disk.folder);
    await folder.clear();
    await reader.catchUp();
    expect(await reader.search('open gate', 5)).toEqual([]);
    const segments = join(place.directory, 'segments');
    expect(existsSync(segments) ? readdirSync(segments) : []).toEqual([]);
  });

  it('fails an append to the ledger and loses nothing that was appended before', async () => {
    const disk = mountedFolder(1024);
    const file = join(disk.folder, 'ledger.sqlite');
    const ledger = await openSignalLedger(file, silentLogger);
    await ledger.append([numberedSignal(0)]);
    const free = fill(disk.folder);
    let appended = 1;
    const failure = await (async () => {
      for (;;) {
        await ledger.append([numberedSignal(appended)]);
        appended++;
      }
    })().catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'store-full' });
    expect(await ledger.read()).toHaveLength(appended);
    free(512 << 10);
    await ledger.append([numberedSignal(appended)]);
    await ledger.close();
    expect(await checkLedger(file, appended + 1)).toBe(appended + 1);
  });
});

describe('a pass that fails', () => {
  it('leaves what it was to look at to the next one, whatever that is about', async () => {
    const place = filledPlace();
    const heard = new Heard();
    const folder = await openIndexer(place, heard);
    await folder.refresh({ fromScratch: false });
    const segments = join(place.directory, 'segments');
    renameSync(segments, `${segments}.away`);
    writeFileSync(segments, 'in the way');
    writeFileSync(join(place.root, 'folder1/missed.ts'), 'export const missedThing = 1;\n');
    await expect(folder.touch(['folder1/missed.ts'])).rejects.toMatchObject({ code: 'store-unusable' });
    rmSync(join(place.root, 'folder2/file2.ts'));
    await expect(folder.refresh({ fromScratch: false })).rejects.toMatchObject({ code: 'store-unusable' });
    expect(heard.lastStatus).toMatchObject({ state: 'failed' });
    rmSync(segments);
    renameSync(`${segments}.away`, segments);
    await folder.touch(['folder3/file3.ts']);
    await folder.idle();
    expect(heard.lastStatus).toMatchObject({ state: 'ready' });
    await expectSound(place);
  });
});

describe('a store that is read-only', () => {
  it.runIf(canMount())(
    'is searched as it is, and says what to do when it is to be brought up to date',
    async () => {
      const disk = mountedFolder(8192);
      const place = { ...filledPlace(), directory: join(disk.folder, 'store') };
      const folder = await openIndexer(place);
      await folder.refresh({ fromScratch: false });
      await folder.close();
      disk.makeReadOnly();
      const heard = new Heard();
      const { indexer, query } = newEngines(heard);
      await query.open(engineConfig(place));
      await query.catchUp(place.root);
      expect((await query.search('open gate for visitor', 5)).length).toBe(5);
      expect(heard.statuses).toEqual([]);
      await indexer.open(engineConfig(place));
      await indexer.refresh({ fromScratch: false });
      const message = expect.stringMatching(/cannot be (written|used)/) as string;
      expect(heard.lastStatus).toMatchObject({ state: 'failed', message });
    },
  );

  it('after it was opened fails the pass, and the generation before goes on being read', async () => {
    const place = filledPlace();
    let isReadOnly = false;
    const { indexer, store } = await openIndex(place.root, place.directory, {
      async writeFile(file, bytes) {
        if (isReadOnly) throw storageError(Object.assign(new Error('read-only'), { code: 'EROFS' }), file);
        await atomicWrite(file, bytes);
      },
    });
    await indexer.refresh();
    const generation = await store.generation();
    rewriteFile(place.root, seededRandom(1));
    isReadOnly = true;
    await expect(indexer.refresh()).rejects.toThrow(/cannot be written. Allow writing there/);
    await store.close();
    expect((await checkCommitted(place.root, place.directory)).generation).toBe(generation);
  });
});

describe('a ledger that cannot be used', () => {
  it('keeps nobody from searching; who asks for what is in it hears why', async () => {
    const place = filledPlace();
    const folder = await openIndexer(place);
    await folder.refresh({ fromScratch: false });
    mkdirSync(place.ledger);
    const { query } = newEngines(new Heard());
    await query.open(engineConfig(place));
    await query.catchUp(place.root);
    expect((await query.search('open gate for visitor', 5)).length).toBe(5);
    await expect(query.recordSignals([numberedSignal(0)])).rejects.toThrow(/ledger.sqlite cannot be used/);
    await expect(query.feedback()).rejects.toMatchObject({ code: 'store-unusable' });
  });
});
