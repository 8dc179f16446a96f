import { execFile } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { atomicWrite } from '../../../src/adapters/durable/atomicWrite.ts';
import { storageError } from '../../../src/adapters/durable/storageError.ts';
import { openIndexStore } from '../../../src/adapters/sqlite/indexStore.ts';
import type { IndexStore } from '../../../src/core/ports/indexStore.ts';
import { silentLogger } from '../../support/silentLogger.ts';
import { filledFolder } from './filledFolder.ts';
import { change, commitMarked, fileRecord, loadWhole } from './generations.ts';
import { rowChecksum } from '../../../src/adapters/sqlite/rowChecksum.ts';
import { recordingLogger } from './recordingLogger.ts';
import { temporaryFolder } from './temporaryFolder.ts';

const open = (directory: string) => openIndexStore(directory, silentLogger);
const damagedFiles = (directory: string) =>
  readdirSync(directory).filter(
    (name) => name.startsWith('manifest.sqlite.damaged-') && !name.endsWith('-wal'),
  );

/** Overwrites everything behind SQLite's header and first page. */
function damagePages(file: string): void {
  const bytes = readFileSync(file);
  bytes.fill(0xa5, 4096);
  writeFileSync(file, bytes);
}

function swapText(file: string, from: string, to: string): void {
  writeFileSync(file, readFileSync(file, 'latin1').replace(from, to), 'latin1');
}

/** As a cut through a page leaves rows: sound enough for SQLite to read, and against the table's own rules. */
function forgetSegments(file: string): void {
  const [rule, none] = ['segment TEXT NOT NULL', 'segment TEXT         '] as const;
  swapText(file, rule, none);
  runSql(file, 'UPDATE files SET segment = NULL');
  swapText(file, none, rule);
}

function garbleBasis(file: string): void {
  const checksum = rowChecksum('serving', 'method', 'embedder', 3, '{"id');
  runSql(
    file,
    `INSERT OR REPLACE INTO vector_sets VALUES ('serving', 'method', 'embedder', 3, '{"id', ${checksum})`,
  );
}

async function expectFreshStart(directory: string, store: IndexStore): Promise<void> {
  const { files, generation } = await store.snapshot();
  expect(files.size).toBe(0);
  expect(damagedFiles(directory)).toHaveLength(1);
  await store.write((writer) => commitMarked(writer, '2'));
  const after = await loadWhole(store);
  expect(after.recipe).toBe('2');
  expect(after.generation).toBe(generation + 1);
}

describe('a manifest that cannot be used', () => {
  it.each([
    'UPDATE files SET size = size + 1',
    'UPDATE files SET modified_ms = modified_ms + 0.5',
    "UPDATE files SET hash = replace(hash, substr(hash, 1, 1), 'x')",
    'UPDATE files SET chunk_count = chunk_count + 64',
    "UPDATE vector_sets SET embedder = embedder || 'x'",
    'UPDATE vector_sets SET dims = dims + 1',
    "UPDATE vector_sets SET basis = 'null'",
  ])('because nobody wrote what a row says (%s) starts empty', async (sql) => {
    const directory = await filledFolder();
    const file = join(directory, 'manifest.sqlite');
    const checksum = rowChecksum('serving', 'method', 'embedder', 3, null);
    runSql(
      file,
      `INSERT OR REPLACE INTO vector_sets VALUES ('serving', 'method', 'embedder', 3, NULL, ${checksum})`,
    );
    const sound = await openIndexStore(directory, recordingLogger());
    expect((await sound.snapshot()).files.size).toBeGreaterThan(0);
    await sound.close();
    runSql(file, sql);
    const store = await openIndexStore(directory, recordingLogger());
    await expectFreshStart(directory, store);
    await store.close();
  });

  it.each([
    ['is no database', (file: string) => writeFileSync(file, 'not a database at all'.repeat(500))],
    ['was cut short', (file: string) => truncateSync(file, 5000)],
    ['has damaged pages', damagePages],
    ['has rows without what they must have', forgetSegments],
    ['has rows that make no sense', garbleBasis],
    [
      'has a table of another form',
      (file: string) => swapText(file, 'chunk_count INTEGER', 'chunk_cound INTEGER'),
    ],
    ['is of another program', (file: string) => runSql(file, 'PRAGMA application_id = 1')],
  ])('because it %s is moved aside, and the store starts empty', async (_, damage) => {
    const directory = await filledFolder();
    damage(join(directory, 'manifest.sqlite'));
    const log = recordingLogger();
    const store = await openIndexStore(directory, log);
    await expectFreshStart(directory, store);
    expect(log.messages).toHaveLength(1);
    expect(log.messages[0]).toContain('The index is a cache and starts empty');
    expect(log.messages[0]).toContain(damagedFiles(directory)[0]);
    await store.close();
  });

  it('is kept once, however often it happens', async () => {
    const directory = await filledFolder();
    for (let times = 0; times < 3; times++) {
      writeFileSync(join(directory, 'manifest.sqlite'), `damage ${times}`.repeat(500));
      await (await open(directory)).close();
    }
    const [aside = '', ...others] = damagedFiles(directory);
    expect(others).toEqual([]);
    expect(readFileSync(join(directory, aside), 'utf8')).toContain('damage 2');
  });

  it('is replaced once, under all stores that have it open, with numbers never seen before', async () => {
    const directory = await filledFolder();
    const stores = [await open(directory), await open(directory), await open(directory)];
    damagePages(join(directory, 'manifest.sqlite'));
    // Nothing of the old file may be answered from a connection's cache of pages.
    const snapshots = await Promise.all([...stores, ...stores].map((store) => store.snapshot()));
    expect(damagedFiles(directory)).toHaveLength(1);
    for (const { files, generation } of snapshots) {
      expect(files.size).toBe(0);
      expect(generation).toBeGreaterThan(1_000_000);
    }
    await stores[0]!.write((writer) => commitMarked(writer, '2'));
    for (const store of stores) {
      expect((await loadWhole(store)).recipe).toBe('2');
      await store.close();
    }
  });

  it('stops the writer that was building upon it', async () => {
    const directory = await filledFolder();
    const [writing, other] = [await open(directory), await open(directory)];
    const work = writing.write(async (writer) => {
      damagePages(join(directory, 'manifest.sqlite'));
      expect((await other.snapshot()).files.size).toBe(0);
      await commitMarked(writer, '2');
    });
    await expect(work).rejects.toMatchObject({ code: 'store-corrupt', part: 'manifest' });
    expect((await other.snapshot()).files.size).toBe(0);
    await Promise.all([writing.close(), other.close()]);
  });

  it('is deleted for good when the index is cleared', async () => {
    const directory = await filledFolder();
    damagePages(join(directory, 'manifest.sqlite'));
    const store = await open(directory);
    expect((await store.snapshot()).files.size).toBe(0);
    await store.clear();
    expect(damagedFiles(directory)).toEqual([]);
    await store.close();
  });

  it('is made anew when someone deleted the whole folder', async () => {
    const directory = await filledFolder();
    const store = await open(directory);
    rmSync(directory, { recursive: true });
    expect(await store.generation()).toBe(0);
    await store.write((writer) => commitMarked(writer, '2'));
    expect((await loadWhole(store)).recipe).toBe('2');
    await store.close();
  });
});

describe('a segment', () => {
  it.each([
    ['missing', (file: string) => rmSync(file)],
    ['altered', (file: string) => writeFileSync(file, readFileSync(file, 'latin1').replace('1', '2'))],
    ['altered', (file: string) => truncateSync(file, 100)],
  ])('that is %s is reported as damage', async (problem, damage) => {
    const directory = await filledFolder();
    const store = await open(directory);
    const { files } = await store.snapshot();
    const id = files.get('src/file0.ts')!.segment;
    damage(join(directory, 'segments', `${id}.seg`));
    await expect(store.segment(id)).rejects.toMatchObject({ code: 'store-corrupt', part: `segment ${id}` });
    await expect(store.segment(id)).rejects.toThrow(problem);
    await store.close();
  });
});

describe('a disk that is full', () => {
  it('fails the write with a clear error and keeps the generation before', async () => {
    const directory = await filledFolder();
    let isFull = true;
    const store = await openIndexStore(directory, silentLogger, {
      async writeFile(file, bytes) {
        if (isFull) throw storageError(Object.assign(new Error('no space'), { code: 'ENOSPC' }), file);
        await atomicWrite(file, bytes);
      },
    });
    const failing = store.write((writer) => commitMarked(writer, '2'));
    await expect(failing).rejects.toMatchObject({ code: 'store-full' });
    await expect(failing).rejects.toThrow(/no space left.*Free some disk space/);
    expect((await loadWhole(store)).recipe).toBe('1');
    isFull = false;
    await store.write((writer) => commitMarked(writer, '2'));
    expect((await loadWhole(store)).recipe).toBe('2');
    await store.close();
  });

  it.skipIf(process.platform === 'win32')('within a commit keeps the generation before', async () => {
    const directory = temporaryFolder();
    const script = fileURLToPath(new URL('./children/cramped.ts', import.meta.url));
    const command = `ulimit -f 1000; exec "$0" --experimental-strip-types --no-warnings "$@"`;
    const { stdout } = await promisify(execFile)('sh', ['-c', command, process.execPath, script, directory]);
    expect(stdout.trim().split('\n')).toEqual([expect.stringMatching(/^store-(full|unusable)$/), '1', '2']);
  });
});

describe('a folder that cannot be written', () => {
  it.skipIf(process.platform === 'win32')('is reported with what to do', async () => {
    // To the superuser no ordinary folder is read-only.
    const directory = process.getuid?.() === 0 ? '/sys' : temporaryFolder();
    if (directory !== '/sys') {
      chmodSync(directory, 0o500);
      onTestFinished(() => chmodSync(directory, 0o700));
    }
    const opening = open(join(directory, 'touchstone', 'store'));
    await expect(opening).rejects.toMatchObject({ code: 'store-read-only' });
    await expect(opening).rejects.toThrow(/cannot be written. Allow writing there/);
  });

  it.runIf(process.platform === 'linux')(
    'is reported at once where the system lets nobody make one',
    async () => {
      await expect(open('/proc/touchstone/store')).rejects.toMatchObject({ code: 'store-unusable' });
    },
  );

  it('is reported when a file is in its place', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    await expect(open(file)).rejects.toMatchObject({ code: 'store-unusable' });
    await expect(open(join(file, 'below'))).rejects.toMatchObject({ code: 'store-unusable' });
  });
});

describe('a commit of many files', () => {
  it('is either there or not when one of its files names an unknown segment', async () => {
    const directory = await filledFolder();
    const store = await open(directory);
    const failing = store.write(async (writer) => {
      const id = await writer.putSegment(new Uint8Array(1));
      const upserts = Array.from({ length: 1000 }, (_, index) => fileRecord(`file${index}`, id));
      await writer.commit(change([...upserts, fileRecord('last', 'unknown')]));
    });
    await expect(failing).rejects.toThrow(/FOREIGN KEY/);
    expect((await loadWhole(store)).recipe).toBe('1');
    await store.close();
  });
});

function runSql(file: string, sql: string): void {
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
}
