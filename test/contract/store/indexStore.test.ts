import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { openIndexStore, type IndexStoreOptions } from '../../../src/adapters/sqlite/indexStore.ts';
import { StoreCorruptError } from '../../../src/core/errors/storeErrors.ts';
import { NO_VECTORS, type VectorVersion } from '../../../src/core/ports/vectors.ts';
import type { IndexStore, IndexWriter } from '../../../src/core/ports/indexStore.ts';
import { silentLogger } from '../../support/silentLogger.ts';
import { change, commitMarked, fileRecord, loadWhole, serving } from './generations.ts';
import { recordingLogger } from './recordingLogger.ts';
import { temporaryFolder } from './temporaryFolder.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const open = (directory: string, options?: IndexStoreOptions) =>
  openIndexStore(directory, silentLogger, options);
const segmentFiles = (directory: string) =>
  existsSync(join(directory, 'segments')) ? readdirSync(join(directory, 'segments')) : [];

async function addFile(store: IndexStore, path: string, content: string): Promise<string> {
  return store.write(async (writer) => {
    const id = await writer.putSegment(bytes(content));
    await writer.commit(change([fileRecord(path, id)]));
    return id;
  });
}

describe('an index store', () => {
  it('begins with generation 0 and nothing in it, in a folder that need not exist', async () => {
    const store = await open(join(temporaryFolder(), 'not', 'there'));
    expect(await store.snapshot()).toStrictEqual({
      generation: 0,
      files: new Map(),
      vectors: {},
      recipe: '',
      complete: false,
    });
    await store.close();
  });

  it('gives back what was committed, after closing too', async () => {
    const directory = temporaryFolder();
    const first = await open(directory);
    const record = {
      ...fileRecord('src/größe 😀.ts', ''),
      modifiedMs: 1_763_676_000_123.4567,
      size: 2 ** 40,
    };
    const vectors = {
      ...serving(`0-1 63-${2 ** 48 - 1}`),
      next: {
        ...serving('of another store: 7, ä', { pending: new Set(['ä.ts', 'gone.ts']) }).serving!,
        projection: { id: 'b'.repeat(24), chunks: 9, folded: { chunks: 1, terms: 2, unknown: 3 } },
      },
    };
    const id = await first.write(async (writer) => {
      const segment = await writer.putSegment(bytes('content'));
      await writer.commit(change([{ ...record, segment }], { vectors, complete: false }));
      return segment;
    });
    await first.close();
    const second = await open(directory);
    expect(await second.generation()).toBe(1);
    expect(await second.snapshot()).toStrictEqual({
      generation: 1,
      files: new Map([[record.path, { ...record, segment: id }]]),
      vectors,
      recipe: 'recipe',
      complete: false,
    });
    expect(Buffer.from(await second.segment(id)).toString()).toBe('content');
    await second.close();
  });

  it('reads more files than fit a page of its query', async () => {
    const store = await open(temporaryFolder());
    const paths = Array.from({ length: 2000 }, (_, index) => `file${index}.ts`);
    await store.write(async (writer) => {
      const id = await writer.putSegment(bytes('all'));
      await writer.commit(change(paths.map((path) => fileRecord(path, id))));
    });
    expect([...(await store.snapshot()).files.keys()]).toEqual(paths.toSorted());
    await store.close();
  });

  it('replaces and removes files, and drops segments without files', async () => {
    const store = await open(temporaryFolder());
    await store.write(async (writer) => {
      const both = await writer.putSegment(bytes('a and b'));
      await writer.commit(change([fileRecord('a', both), fileRecord('b', both)]));
      const newer = await writer.putSegment(bytes('a again'));
      await writer.commit(change([fileRecord('a', newer, 'new')], { removals: ['b', 'never there'] }));
      const { files } = await writer.snapshot();
      expect([...files.values()]).toStrictEqual([fileRecord('a', newer, 'new')]);
      await expect(writer.commit(change([fileRecord('c', both)]))).rejects.toThrow(/FOREIGN KEY/);
    });
    expect((await store.snapshot()).generation).toBe(2);
    await store.close();
  });

  it('gives equal content a new id every time', async () => {
    const store = await open(temporaryFolder());
    const first = await addFile(store, 'a', 'same');
    const second = await addFile(store, 'a', 'same');
    expect(second).not.toBe(first);
    await store.close();
  });

  it('discards what was not committed and passes the error on', async () => {
    const directory = temporaryFolder();
    const store = await open(directory);
    const failing = store.write(async (writer) => {
      await writer.putSegment(bytes('lost'));
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await store.generation()).toBe(0);
    expect(segmentFiles(directory)).toEqual([]);
    await store.close();
  });

  it('refuses a writer that has ended', async () => {
    const store = await open(temporaryFolder());
    const writer = await store.write((given) => Promise.resolve<IndexWriter>(given));
    await expect(writer.putSegment(bytes('late'))).rejects.toThrow(/has ended/);
    await expect(writer.commit(change([]))).rejects.toThrow(/has ended/);
    await store.close();
  });
});

describe('writers of one folder', () => {
  it('take turns, within a store and between stores', async () => {
    const directory = temporaryFolder();
    const stores = [await open(directory), await open(directory)];
    let writing = 0;
    const work = async (writer: IndexWriter) => {
      expect(++writing).toBe(1);
      const { files } = await writer.snapshot();
      const id = await writer.putSegment(bytes('x'));
      await writer.commit(change([fileRecord(`file${files.size}`, id)]));
      writing--;
    };
    await Promise.all(stores.flatMap((store) => [store.write(work), store.write(work), store.write(work)]));
    expect((await stores[0]!.snapshot()).files.size).toBe(6);
    await Promise.all(stores.map((store) => store.close()));
  });

  it('give up waiting when told to, and leave the turn to others', async () => {
    const directory = temporaryFolder();
    const [holder, other] = [await open(directory), await open(directory)];
    const never = () => Promise.reject(new Error('not to be run'));
    await holder.write(async () => {
      for (const store of [holder, other]) {
        const abort = new AbortController();
        const waiting = store.write(never, abort.signal);
        abort.abort(new Error('no longer needed'));
        await expect(waiting).rejects.toThrow('no longer needed');
      }
      await expect(other.write(never, AbortSignal.abort())).rejects.toHaveProperty('name', 'AbortError');
    });
    expect(await other.write(() => Promise.resolve('my turn'))).toBe('my turn');
    await Promise.all([holder.close(), other.close()]);
  });

  it('say once that they wait when it takes long, and not otherwise', async () => {
    const directory = temporaryFolder();
    const log = recordingLogger();
    const holder = await open(directory);
    const other = await openIndexStore(directory, log, { longWaitMs: 10 });
    await other.write(() => Promise.resolve());
    expect(log.messages).toEqual([]);
    let waiting: Promise<string> | undefined;
    await holder.write(async () => {
      waiting = other.write(() => Promise.resolve('my turn'));
      await vi.waitUntil(() => log.messages.length > 0);
    });
    expect(await waiting).toBe('my turn');
    expect(log.messages).toEqual([expect.stringContaining('waits for it')]);
    await Promise.all([holder.close(), other.close()]);
  });

  it('finish before the store closes; those that wait are told', async () => {
    const store = await open(temporaryFolder());
    const begun = Promise.withResolvers<undefined>();
    const finish = Promise.withResolvers<undefined>();
    const running = store.write(async () => {
      begun.resolve(undefined);
      await finish.promise;
      return 'done';
    });
    await begun.promise;
    const waiting = store.write(() => Promise.resolve('never'));
    const closing = store.close();
    await expect(waiting).rejects.toHaveProperty('code', 'store-closed');
    finish.resolve(undefined);
    expect(await running).toBe('done');
    await closing;
    await expect(store.snapshot()).rejects.toHaveProperty('code', 'store-closed');
  });
});

describe('files that no generation uses', () => {
  it('stay for a while, for readers of the generation before, and go with a later write', async () => {
    const directory = temporaryFolder();
    let now = 1_000_000;
    const store = await open(directory, { now: () => now });
    const old = await addFile(store, 'a', 'old');
    await addFile(store, 'a', 'new');
    now += 14_000;
    await store.write(() => Promise.resolve());
    expect(Buffer.from(await store.segment(old)).toString()).toBe('old');
    now += 2000;
    await store.write(() => Promise.resolve());
    await expect(store.segment(old)).rejects.toThrow(StoreCorruptError);
    expect(segmentFiles(directory)).toHaveLength(1);
    await store.close();
  });

  it('go when the clock was set back', async () => {
    let now = 1_000_000;
    const store = await open(temporaryFolder(), { now: () => now });
    const old = await addFile(store, 'a', 'old');
    await addFile(store, 'a', 'new');
    now -= 500_000;
    await store.write(() => Promise.resolve());
    await expect(store.segment(old)).rejects.toThrow(StoreCorruptError);
    await store.close();
  });

  it('go at once when they are versions of vectors', async () => {
    const kept: (readonly VectorVersion[])[] = [];
    const store = await open(temporaryFolder(), {
      vectors: { sweep: (versions) => Promise.resolve(void kept.push(versions)) },
    });
    const commit = (version: VectorVersion) =>
      store.write((writer) => writer.commit(change([], { vectors: serving(version) })));
    await commit('1-5');
    await commit('1-6');
    await commit('1-5');
    await store.write(() => Promise.resolve());
    // Each write sweeps before it begins and after it committed.
    expect(kept).toEqual([[], ['1-5'], ['1-5'], ['1-6'], ['1-6'], ['1-5'], ['1-5']]);
    await store.close();
  });
});

describe('a basis', () => {
  it('is kept under the name of its content for as long as a set names it', async () => {
    const directory = temporaryFolder();
    const store = await open(directory);
    const named = (id: string) => ({ id, chunks: 1, folded: { chunks: 0, terms: 0, unknown: 0 } });
    const [first, same] = await store.write(async (writer) => {
      const ids = [await writer.putProjection(bytes('learnt')), await writer.putProjection(bytes('learnt'))];
      await writer.commit(change([], { vectors: serving(NO_VECTORS, { projection: named(ids[0]!) }) }));
      return ids;
    });
    expect(same).toBe(first);
    expect(Buffer.from(await store.projection(first!)).toString()).toBe('learnt');
    const second = await store.write(async (writer) => {
      const id = await writer.putProjection(bytes('learnt anew'));
      await writer.commit(change([], { vectors: serving(NO_VECTORS, { projection: named(id) }) }));
      return id;
    });
    expect(readdirSync(join(directory, 'bases'))).toEqual([`${second}.basis`]);
    await expect(store.projection(first!)).rejects.toMatchObject({
      code: 'store-corrupt',
      part: `basis ${first}`,
    });
    await store.write((writer) => writer.putProjection(bytes('never committed')));
    await store.write(() => Promise.resolve());
    expect(readdirSync(join(directory, 'bases'))).toEqual([`${second}.basis`]);
    await store.close();
  });
});

describe('clearing', () => {
  it('leaves an empty newer generation and no content on disk', async () => {
    const directory = temporaryFolder();
    const sweeps: (readonly VectorVersion[])[] = [];
    const store = await open(directory, {
      vectors: { sweep: (kept) => Promise.resolve(void sweeps.push(kept)) },
    });
    const reader = await open(directory);
    await store.write(async (writer) => {
      await commitMarked(writer, '1');
      await writer.commit(change([], { vectors: serving('3-7') }));
    });
    await store.clear();
    expect(sweeps.at(-1)).toEqual([]);
    expect(segmentFiles(directory)).toEqual([]);
    expect(await reader.snapshot()).toMatchObject({
      generation: 3,
      files: new Map(),
      vectors: {},
      complete: false,
    });
    await store.write((writer) => commitMarked(writer, '2'));
    expect((await loadWhole(reader)).recipe).toBe('2');
    await Promise.all([store.close(), reader.close()]);
  });

  it('removes paths from the bytes of the manifest', async () => {
    const directory = temporaryFolder();
    const store = await open(directory);
    await addFile(store, 'src/verySecretName.ts', 'x');
    await store.clear();
    await store.close();
    const left = readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isFile());
    for (const { name } of left)
      expect(readFileSync(join(directory, name), 'latin1')).not.toContain('verySecret');
  });
});
