import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  linkSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { FileJournal } from '../../../src/adapters/evals/fileJournal.ts';
import { FileRecordings } from '../../../src/adapters/evals/fileRecordings.ts';
import { createImageFile, removeImages } from '../../../src/adapters/image/imageFile.ts';
import { openEmbeddingCache } from '../../../src/adapters/sqlite/embeddingCache.ts';
import { openIndexStore } from '../../../src/adapters/sqlite/indexStore.ts';
import { openSignalLedger } from '../../../src/adapters/sqlite/signalLedger.ts';
import { silentLogger } from '../../support/silentLogger.ts';
import { snapshotOf } from '../../support/snapshotOf.ts';
import { filledFolder } from './filledFolder.ts';
import { commitMarked, loadWhole } from './generations.ts';
import { temporaryFolder } from './temporaryFolder.ts';
import { createVectraStore } from '../../support/vectraStore.ts';
import { sweepShards } from '../../../src/adapters/vectra/sweepShards.ts';

const isPosix = process.platform !== 'win32';
const NOBODY = 65_534;

let store: string;
/** What somebody else has: nothing in it may ever change. */
let victim: string;
let before: ReturnType<typeof snapshotOf>;

beforeEach(async () => {
  const base = temporaryFolder();
  store = join(base, 'store');
  victim = join(base, 'victim');
  cpSync(await filledFolder(), store, { recursive: true });
  mkdirSync(join(victim, 'below'), { recursive: true });
  for (const name of ['letter.txt', '1-0123456789abcdef01234567.seg', 'memory.image', 'below/0-1.vpk'])
    writeFileSync(join(victim, name), name);
  before = snapshotOf(victim);
  onTestFinished(() => {
    expect(snapshotOf(victim)).toEqual(before);
  });
});

const open = (directory = store, isReadOnly = false) =>
  openIndexStore(directory, silentLogger, {
    isReadOnly,
    vectors: createVectraStore(directory),
    removeCaches: () => {
      removeImages(directory);
    },
  });

const refusal = (code: string) => ({
  code,
  message: expect.stringMatching(/keep the data somewhere else/) as string,
});

/** Puts something in the place of what the store has there. */
function replace(name: string, make: (place: string) => void): void {
  rmSync(join(store, name), { recursive: true, force: true });
  make(join(store, name));
}

describe.runIf(isPosix)(
  'a store with a link in it is not opened, and nothing changes where that leads',
  () => {
    it.each(['segments', 'bases', 'vectors', 'evaluations', 'anything'])(
      'attack: a link to a folder at %s',
      async (name) => {
        replace(name, (place) => {
          symlinkSync(victim, place);
        });
        for (const isReadOnly of [false, true])
          await expect(open(store, isReadOnly)).rejects.toMatchObject(refusal('store-linked'));
      },
    );

    it.each([
      'manifest.sqlite',
      'manifest.sqlite-wal',
      'manifest.sqlite-shm',
      'manifest.sqlite-journal',
      'manifest.sqlite.lock',
      'writer.lock.sqlite',
      'memory.image',
    ])('attack: a link to a file, or to where nothing is yet, at %s', async (name) => {
      for (const target of ['letter.txt', 'not-there']) {
        replace(name, (place) => {
          symlinkSync(join(victim, target), place);
        });
        await expect(open()).rejects.toMatchObject(refusal('store-linked'));
      }
    });

    it('attack: a link among the segments, and one among the shards', async () => {
      symlinkSync(join(victim, 'letter.txt'), join(store, 'segments', '9-0123456789abcdef01234567.seg'));
      await expect(open()).rejects.toMatchObject(refusal('store-linked'));
      mkdirSync(join(store, 'vectors'), { mode: 0o700, recursive: true });
      symlinkSync(join(victim, 'below'), join(store, 'vectors', 'embedder'));
      await expect(sweepShards(store, [])).rejects.toMatchObject(refusal('store-linked'));
    });

    it('attack: a link in the place of the whole store', async () => {
      const link = `${store}-link`;
      for (const target of [victim, store, join(victim, 'not-there')]) {
        symlinkSync(target, link);
        for (const isReadOnly of [false, true])
          await expect(open(link, isReadOnly)).rejects.toMatchObject(refusal('store-linked'));
        rmSync(link);
      }
    });

    it.each(['manifest.sqlite', 'writer.lock.sqlite', 'manifest.sqlite-wal'])(
      'attack: another name of a file of somebody else at %s',
      async (name) => {
        replace(name, (place) => {
          linkSync(join(victim, 'letter.txt'), place);
        });
        const opening = open().then((opened) => opened.clear().finally(() => opened.close()));
        await expect(opening).rejects.toMatchObject(refusal('store-linked'));
      },
    );

    it('attack: a pipe in the place of a file, which nobody waits for', async () => {
      replace('manifest.sqlite', (place) => execFileSync('mkfifo', [place]));
      await expect(open()).rejects.toMatchObject({ code: 'store-unusable' });
    });
  },
);

describe.runIf(isPosix)('a link that is made while the store is open', () => {
  const away = (name: string) => {
    renameSync(join(store, name), join(store, `../${name}.away`));
    symlinkSync(victim, join(store, name));
  };

  it('attack: ends a commit and a clearing before anything is deleted or written', async () => {
    const opened = await open();
    onTestFinished(() => opened.close());
    away('segments');
    await expect(opened.write((writer) => commitMarked(writer, '2'))).rejects.toMatchObject(
      refusal('store-linked'),
    );
    await expect(opened.clear()).rejects.toMatchObject(refusal('store-linked'));
  });

  it('attack: ends a commit that has begun', async () => {
    const opened = await open();
    onTestFinished(() => opened.close());
    const commit = opened.write(async (writer) => {
      away('segments');
      return commitMarked(writer, '2');
    });
    await expect(commit).rejects.toMatchObject(refusal('store-linked'));
  });

  it('attack: is not read through', async () => {
    const opened = await open();
    onTestFinished(() => opened.close());
    for (const name of readdirSync(join(store, 'segments'))) {
      const segment = join(store, 'segments', name);
      renameSync(segment, join(store, `../${name}`));
      symlinkSync(join(store, `../${name}`), segment);
    }
    await expect(loadWhole(opened)).rejects.toMatchObject({ code: 'store-linked' });
  });

  it('attack: to another manifest is neither read nor written', async () => {
    const opened = await open();
    onTestFinished(() => opened.close());
    cpSync(join(store, 'manifest.sqlite'), join(store, '../other.sqlite'));
    replace('manifest.sqlite', (place) => {
      symlinkSync(join(store, '../other.sqlite'), place);
    });
    await expect(opened.generation()).rejects.toMatchObject(refusal('store-linked'));
  });

  it('attack: in the place of the whole store keeps images from being written and removed', async () => {
    const images = createImageFile(store, silentLogger);
    renameSync(store, `${store}-away`);
    symlinkSync(victim, store);
    const write = images.write('v1', [], new AbortController().signal);
    await expect(write).rejects.toMatchObject(refusal('store-linked'));
    await expect(images.remove()).rejects.toMatchObject(refusal('store-linked'));
  });
});

describe.runIf(isPosix)('a store that others may write', () => {
  it.each(['', 'segments'])('attack: is not opened (%j)', async (name) => {
    chmodSync(join(store, name), 0o777);
    await expect(open()).rejects.toMatchObject(refusal('store-exposed'));
    await expect(open()).rejects.toThrow('chmod go-w');
    chmodSync(join(store, name), 0o755);
    await (await open()).close();
  });

  it.runIf(process.getuid?.() === 0)(
    'or that another user made is read by who asks for that, no more',
    async () => {
      const whole = [
        store,
        ...readdirSync(store, { recursive: true, encoding: 'utf8' }).map((name) => join(store, name)),
      ];
      for (const path of whole) chownSync(path, NOBODY, NOBODY);
      await expect(open()).rejects.toMatchObject(refusal('store-foreign'));
      const reading = await open(store, true);
      expect((await loadWhole(reading)).recipe).toBe('1');
      await reading.close();
    },
  );

  it('but its files are not, where nobody else comes to them', async () => {
    const manifest = join(store, 'manifest.sqlite');
    chmodSync(manifest, 0o666);
    chmodSync(store, 0o700);
    await (await open()).close();
    chmodSync(store, 0o755);
    await expect(open()).rejects.toMatchObject(refusal('store-exposed'));
  });

  it('is made for nobody else', async () => {
    const made = join(store, '../made');
    await (await open(made)).close();
    const found = snapshotOf(made);
    expect(found['.']).toMatchObject({ mode: 0o40700 });
    expect(found['manifest.sqlite']).toMatchObject({ mode: 0o100600 });
  });
});

describe.runIf(isPosix)('other files that are kept', () => {
  it('attack: vectors of texts and the ledger are not kept through links', async () => {
    const file = join(store, '../linked.sqlite');
    for (const end of ['', '-wal']) {
      symlinkSync(join(victim, 'letter.txt'), `${file}${end}`);
      const cache = openEmbeddingCache({ file, log: silentLogger, now: Date.now });
      await expect(cache.recall('embedder', ['text'])).rejects.toMatchObject(refusal('store-linked'));
      await cache.close();
      await expect(openSignalLedger(file, silentLogger)).rejects.toMatchObject(refusal('store-linked'));
      rmSync(`${file}${end}`);
    }
  });

  it('attack: finished cases and recorded answers are not appended through links', async () => {
    const file = join(store, '../state.jsonl');
    for (const target of ['letter.txt', 'not-there']) {
      symlinkSync(join(victim, target), file);
      await expect(FileJournal.open(file)).rejects.toMatchObject(refusal('store-linked'));
      await expect(FileRecordings.open(file)).rejects.toMatchObject(refusal('store-linked'));
      rmSync(file);
      const journal = await FileJournal.open(file);
      symlinkSync(join(victim, target), file);
      await expect(journal.add('key', 1)).rejects.toMatchObject(refusal('store-linked'));
      rmSync(file);
    }
  });

  it('attack: deleting goes by what is there: a folder called like a file stays, with all that is in it', async () => {
    mkdirSync(join(store, 'segments', 'mine.seg'));
    writeFileSync(join(store, 'segments', 'mine.seg', 'letter.txt'), 'mine');
    const opened = await open();
    await opened.clear();
    await opened.close();
    expect(readdirSync(join(store, 'segments'), { recursive: true, encoding: 'utf8' }).sort()).toEqual([
      'mine.seg',
      'mine.seg/letter.txt',
    ]);
  });
});
