import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { openEmbeddingCache } from '../../../src/adapters/sqlite/embeddingCache.ts';
import { openIndexStore } from '../../../src/adapters/sqlite/indexStore.ts';
import { MANIFEST_FORMAT } from '../../../src/adapters/sqlite/manifestFormat.ts';
import { openSignalLedger } from '../../../src/adapters/sqlite/signalLedger.ts';
import { silentLogger } from '../../support/silentLogger.ts';
import { commitMarked, loadWhole } from './generations.ts';
import { recordingLogger } from './recordingLogger.ts';
import { temporaryFolder } from './temporaryFolder.ts';

const NEWER = 999;
const older = MANIFEST_FORMAT.version - 1;

function runSql(file: string, sql: string): void {
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
}

/** A store with generation 1 that says it is of another version, with a table that this one does not have. */
async function storeOfVersion(version: number): Promise<string> {
  const directory = temporaryFolder();
  const store = await openIndexStore(directory, silentLogger);
  await store.write((writer) => commitMarked(writer, '1'));
  await store.close();
  runSql(
    join(directory, 'manifest.sqlite'),
    `CREATE TABLE "of ""another"" version" (id TEXT); PRAGMA user_version = ${version}`,
  );
  return directory;
}

describe('an index of an older version', () => {
  it('is made anew without a warning, and nothing of it stays behind', async () => {
    const directory = await storeOfVersion(older);
    const log = recordingLogger();
    const infos: string[] = [];
    const store = await openIndexStore(directory, { ...log, info: (message) => void infos.push(message) });
    const before = await store.snapshot();
    expect(before.files.size).toBe(0);
    expect(before.generation, 'no number that somebody may know').toBeGreaterThan(1_000_000);
    await store.write((writer) => commitMarked(writer, '2'));
    expect((await loadWhole(store)).recipe).toBe('2');
    await store.close();
    expect(log.messages).toEqual([]);
    expect(infos).toEqual([expect.stringContaining('older version')]);
    expect(readdirSync(directory).toSorted()).toEqual(['manifest.sqlite', 'segments', 'writer.lock.sqlite']);
    const database = new DatabaseSync(join(directory, 'manifest.sqlite'), { readOnly: true });
    const tables = database.prepare("SELECT name FROM sqlite_schema WHERE name LIKE '%another%'").all();
    database.close();
    expect(tables).toEqual([]);
  });

  it('is made anew once by all who open it at the same time', async () => {
    const directory = await storeOfVersion(older);
    const infos: string[] = [];
    const log = { ...silentLogger, info: (message: string) => void infos.push(message) };
    const stores = await Promise.all([1, 2, 3].map(() => openIndexStore(directory, log)));
    expect(new Set(await Promise.all(stores.map((store) => store.generation()))).size).toBe(1);
    expect(infos).toHaveLength(1);
    for (const store of stores) await store.close();
  });

  it('stays as it is for who only reads', async () => {
    const directory = await storeOfVersion(older);
    const before = readFileSync(join(directory, 'manifest.sqlite'));
    const opening = openIndexStore(directory, silentLogger, { isReadOnly: true });
    await expect(opening).rejects.toMatchObject({ code: 'store-older' });
    expect(readFileSync(join(directory, 'manifest.sqlite'))).toEqual(before);
  });
});

describe('what a newer version stored', () => {
  it('is left alone when it is an index, with a message that says what to do', async () => {
    const directory = await storeOfVersion(NEWER);
    const before = readdirSync(directory).map((name) => [name, readIfFile(join(directory, name))]);
    for (const isReadOnly of [false, true]) {
      const opening = openIndexStore(directory, silentLogger, { isReadOnly });
      await expect(opening).rejects.toMatchObject({ code: 'store-newer' });
      await expect(opening).rejects.toThrow(`${directory} was stored by a newer version`);
    }
    expect(readdirSync(directory).map((name) => [name, readIfFile(join(directory, name))])).toEqual(before);
  });

  it('is left alone when it is the ledger or the cache of vectors', async () => {
    const directory = temporaryFolder();
    const [signals, vectors] = [join(directory, 'signals.sqlite'), join(directory, 'vectors.sqlite')];
    await (await openSignalLedger(signals, silentLogger)).close();
    const options = { file: vectors, log: silentLogger, now: Date.now };
    const cache = openEmbeddingCache(options);
    await cache.recall('embedder', ['text']);
    await cache.close();
    for (const file of [signals, vectors]) runSql(file, `PRAGMA user_version = ${NEWER}`);
    await expect(openSignalLedger(signals, silentLogger)).rejects.toMatchObject({ code: 'store-newer' });
    await expect(openEmbeddingCache(options).recall('embedder', ['text'])).rejects.toMatchObject({
      code: 'store-newer',
    });
    expect(readdirSync(directory).toSorted()).toEqual(['signals.sqlite', 'vectors.sqlite']);
  });
});

function readIfFile(path: string): string | undefined {
  return path.endsWith('.sqlite') ? readFileSync(path, 'latin1') : undefined;
}
