import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, vi } from 'vitest';
import { atomicWrite } from '../../../src/adapters/durable/atomicWrite.ts';
import { seededRandom } from '../../support/seededRandom.ts';
import { rewriteFile } from './editFolder.ts';
import { engineConfig, filledPlace, Heard, newEngines, openIndexer, type Place } from './engineOnDisk.ts';
import { contentFromScratch, differences, indexContent } from './indexContent.ts';
import { openIndex } from './openIndex.ts';
import { onCommit } from './onCommit.ts';

const random = seededRandom(4);

async function indexedPlace(): Promise<Place> {
  const place = filledPlace();
  const indexer = await openIndexer(place);
  await indexer.refresh({ fromScratch: false });
  return place;
}

function filesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

const segments = ({ directory }: Place) => filesIn(join(directory, 'segments'));
const shards = ({ directory }: Place) => filesIn(join(directory, 'vectors'));
const manifest = ({ directory }: Place) => [join(directory, 'manifest.sqlite')];

/** Flips a bit in the middle. */
function alter(file: string): void {
  const bytes = readFileSync(file);
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  writeFileSync(file, bytes);
}

/** Alters names of files so that they stand where no search for them looks. */
function garblePaths(file: string): void {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
  const text = readFileSync(file, 'latin1');
  expect(text).toMatch(/\/file\d/);
  writeFileSync(file, text.replaceAll(/\/file(?=[1-4])/g, '/fyle'), 'latin1');
}

async function expectSound({ root, directory }: Place): Promise<void> {
  expect(differences(await indexContent(root, directory), await contentFromScratch(root))).toEqual([]);
}

describe.each([
  ['segment that is altered', segments, alter],
  ['segment that is cut short', segments, (file: string) => truncateSync(file, 9)],
  ['segment that is missing', segments, (file: string) => rmSync(file)],
  ['shard that is altered', shards, alter],
  ['shard that is cut short', shards, (file: string) => truncateSync(file, 100)],
  ['shard that is missing', shards, (file: string) => rmSync(file)],
  ['manifest that is cut short', manifest, (file: string) => truncateSync(file, 5000)],
  ['manifest in which paths are altered', manifest, garblePaths],
  ['manifest that is no database', manifest, (file: string) => writeFileSync(file, 'x'.repeat(9000))],
])('a %s', (_, files, damage) => {
  it('is repaired by the indexer that needs it', async () => {
    const place = await indexedPlace();
    for (const file of files(place)) damage(file);
    const heard = new Heard();
    const indexer = await openIndexer(place, heard);
    // Enough single updates for a compaction to read the damaged segment.
    for (let update = 0; update < 36; update++) await indexer.touch(rewriteFile(place.root, random));
    await indexer.idle();
    expect(heard.lastStatus).toMatchObject({ state: 'ready' });
    expect(heard.statuses.filter(({ state }) => state === 'failed')).toEqual([]);
    await expectSound(place);
  });

  it('is reported by the reader, which recovers once the index is rebuilt', async () => {
    const place = await indexedPlace();
    for (const file of files(place)) damage(file);
    const heard = new Heard();
    const { indexer, query } = newEngines(heard);
    await query.open(engineConfig(place));
    await query.catchUp(place.root);
    // A damaged manifest is replaced by an empty one at once: to the reader the index is empty, and to the indexer too.
    if (files === manifest) expect(heard.damaged).toEqual([]);
    else expect(heard.damaged).toContain(place.root);
    await indexer.open(engineConfig(place));
    await indexer.refresh({ fromScratch: false, repair: heard.damaged.length > 0 });
    heard.damaged.length = 0;
    await query.catchUp(place.root);
    expect(heard.damaged).toEqual([]);
    const { hits } = await indexContent(place.root, place.directory);
    const [question = ''] = Object.keys(hits);
    await vi.waitFor(async () => expect(await query.search(question, 20)).toMatchObject(hits[question]!));
    await expectSound(place);
  });
});

describe('a reader whose folders are opened anew while it loads', () => {
  it('does not take that for damage', async () => {
    const place = await indexedPlace();
    const heard = new Heard();
    const { query } = newEngines(heard);
    for (let opening = 0; opening < 3; opening++) {
      await query.open(engineConfig(place));
      void query.catchUp(place.root);
    }
    await query.catchUp(place.root);
    expect(heard).toMatchObject({ damaged: [], statuses: [] });
    expect((await query.search('open gate', 5)).length).toBe(5);
  });
});

describe('a store that is deleted', () => {
  it('between two passes is made anew, and a reader that knew the old one reads the new one', async () => {
    const place = filledPlace();
    const heard = new Heard();
    const { indexer, query } = newEngines(heard);
    await indexer.open(engineConfig(place));
    await indexer.refresh({ fromScratch: false });
    await query.open(engineConfig(place));
    await query.catchUp(place.root);
    rmSync(place.directory, { recursive: true });
    writeFileSync(join(place.root, 'folder0/unheardOf.ts'), 'export const unheardOfThing = 1;\n');
    await indexer.refresh({ fromScratch: false });
    await query.catchUp(place.root);
    expect(heard.damaged).toEqual([]);
    expect(await query.search('unheardOfThing', 1)).toMatchObject([{ path: 'folder0/unheardOf.ts' }]);
    await expectSound(place);
  });

  it.each([1, 2, 3, 5, 9, 14])('at write %i of a pass is made anew in that one or the next', async (at) => {
    const place = filledPlace();
    const heard = new Heard();
    let writes = 0;
    const { indexer, store } = await openIndex(place.root, place.directory, {
      async writeFile(file, bytes) {
        // Moved away in one step: removing file by file would race with the writes that run beside this one.
        if (++writes === at) renameSync(place.directory, `${place.directory}.gone`);
        await atomicWrite(file, bytes);
      },
    });
    await indexer.refresh();
    // Whoever deletes the store while vectors are made may want it gone; the next pass makes it anew.
    await indexer.refresh();
    await store.close();
    expect(writes).toBeGreaterThan(at);
    expect(heard.damaged).toEqual([]);
    await expectSound(place);
  });

  it('right before the commit of a first index is not taken for the one that was written to', async () => {
    const place = filledPlace();
    let commits = 0;
    const { indexer, store } = await openIndex(place.root, place.directory, {
      wrap: (inner) =>
        onCommit(inner, () => {
          if (++commits > 1) return;
          const all = readdirSync(place.directory).filter((name) => name !== 'segments');
          for (const name of all) rmSync(join(place.directory, name), { recursive: true });
        }),
    });
    await indexer.refresh();
    await store.close();
    await expectSound(place);
  });
});

describe('a lock file that is no database', () => {
  it('does not keep the index from being written', async () => {
    const place = await indexedPlace();
    writeFileSync(join(place.directory, 'writer.lock.sqlite'), 'garbage'.repeat(2000));
    const indexer = await openIndexer(place);
    await indexer.touch(rewriteFile(place.root, random));
    await indexer.idle();
    await expectSound(place);
  });
});
