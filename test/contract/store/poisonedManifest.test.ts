import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { openIndexStore } from '../../../src/adapters/sqlite/indexStore.ts';
import { rowChecksum } from '../../../src/adapters/sqlite/rowChecksum.ts';
import { openSignalLedger } from '../../../src/adapters/sqlite/signalLedger.ts';
import { silentLogger } from '../../support/silentLogger.ts';
import { filledFolder } from './filledFolder.ts';
import { commitMarked, loadWhole } from './generations.ts';
import { temporaryFolder } from './temporaryFolder.ts';

const NUL = String.fromCharCode(0);
const MAX = '9223372036854775807';

function poison(file: string, work: (database: DatabaseSync) => void): void {
  const database = new DatabaseSync(file);
  try {
    database.exec('PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON');
    work(database);
  } finally {
    database.close();
  }
}

/** What a poisoned manifest costs: nothing of it is believed, it is kept aside, and an index can be made again. */
async function expectMadeAnew(work: (database: DatabaseSync) => void): Promise<void> {
  const directory = await filledFolder();
  poison(join(directory, 'manifest.sqlite'), work);
  const store = await openIndexStore(directory, silentLogger);
  const { files, vectors } = await store.snapshot();
  expect([files.size, vectors]).toEqual([0, {}]);
  expect(readdirSync(directory).filter((name) => name.includes('.damaged-'))).not.toEqual([]);
  await store.write((writer) => commitMarked(writer, '2'));
  expect((await loadWhole(store)).recipe).toBe('2');
  await store.close();
}

/** As whoever can write the manifest writes a row: with a checksum that is right. */
function putFile(database: DatabaseSync, changed: Record<string, string | number>): void {
  const row = database.prepare('SELECT * FROM files ORDER BY path LIMIT 1').get() ?? {};
  const { path, size, modified_ms, hash, chunk_count, segment } = { ...row, ...changed } as Record<
    string,
    string | number
  >;
  const values = [path, size, modified_ms, hash, chunk_count, segment].map((value) => value ?? '');
  database.prepare('DELETE FROM files WHERE path = ?').run(values[0] ?? '');
  database
    .prepare(
      `INSERT INTO files VALUES (?, CAST(? AS INTEGER), ?, ?, CAST(? AS INTEGER), ?, CAST(${String(rowChecksum(...values))} AS INTEGER))`,
    )
    .run(...values);
}

function putSet(database: DatabaseSync, changed: Record<string, string | number | null>): void {
  const { role, method, embedder, dims, basis } = {
    ...{ role: 'serving', method: 'method', embedder: 'embedder', dims: 8, basis: null },
    ...changed,
  };
  database.exec('DELETE FROM vector_sets; DELETE FROM shards');
  database
    .prepare(
      `INSERT INTO vector_sets VALUES (?, ?, ?, CAST(? AS INTEGER), ?, ${String(rowChecksum(role, method, embedder, dims, basis))})`,
    )
    .run(role, method, embedder, dims, basis);
}

describe('a manifest whose checksums are right', () => {
  it('is believed when what it says can be', async () => {
    const directory = await filledFolder();
    poison(join(directory, 'manifest.sqlite'), (database) => {
      putFile(database, { path: 'odd …/.names/a..b/..c' });
      putSet(database, {});
    });
    const store = await openIndexStore(directory, silentLogger);
    expect((await store.snapshot()).files.has('odd …/.names/a..b/..c')).toBe(true);
    await store.close();
  });

  it.each([
    ['/etc/passwd'],
    ['../secret'],
    ['..'],
    ['.'],
    ['a/../../secret'],
    ['a/..'],
    ['a//b'],
    ['a/'],
    ['./a'],
    [`a${NUL}.ts`],
  ])('attack: with a file at %j is made anew', async (path) => {
    await expectMadeAnew((database) => {
      putFile(database, { path });
    });
  });

  it.each([
    [{ size: -1 }],
    [{ chunk_count: -1 }],
    [{ chunk_count: 1e9, size: 2e9 }],
    [{ chunk_count: 100, size: 99 }],
    [{ modified_ms: Infinity }],
    [{ segment: '../../../etc/passwd' }],
    [{ segment: '1-/etc/passwd' }],
    [{ segment: `1-${'0'.repeat(24)}/` }],
    [{ segment: '' }],
  ])('attack: with a file of %j is made anew', async (changed) => {
    await expectMadeAnew((database) => {
      putFile(database, changed);
    });
  });

  it.each([
    [`UPDATE files SET size = ${MAX}`],
    [`UPDATE state SET generation = ${MAX}`],
    [`UPDATE state SET generation = ${String(2 ** 53 - 1)}`],
    ['UPDATE state SET generation = -1'],
    [`UPDATE state SET last_segment = ${MAX}`],
    ['UPDATE state SET last_segment = -5'],
    ['DELETE FROM state'],
    [`INSERT INTO shards VALUES ('serving', ${MAX}, 1)`],
    [`INSERT INTO shards VALUES ('serving', 1, ${MAX})`],
    ["INSERT INTO owed VALUES ('serving', '../secret')"],
    ["INSERT INTO owed VALUES ('serving', '/etc/passwd')"],
  ])('attack: after %s is made anew', async (sql) => {
    await expectMadeAnew((database) => {
      database.exec(sql);
    });
  });

  it('attack: with a path that no system takes is made anew', async () => {
    await expectMadeAnew((database) => {
      putFile(database, { path: `${'a/'.repeat(20_000)}a` });
    });
  });

  it('attack: with more chunks than there can be is made anew', async () => {
    await expectMadeAnew((database) => {
      for (let at = 0; at < 40; at++)
        putFile(database, { path: `f${String(at)}`, size: 2 ** 20, chunk_count: 2 ** 20 });
    });
  });

  it.each([
    [{ role: '__proto__' }],
    [{ role: 'constructor' }],
    [{ role: '' }],
    [{ dims: 0 }],
    [{ dims: -8 }],
    [{ dims: 2 ** 40 }],
    [{ basis: '{' }],
    [{ basis: 'null' }],
    [{ basis: '{"id":"../../x","chunks":1,"folded":{"chunks":0,"terms":0,"unknown":0}}' }],
    [{ basis: `{"id":"${'0'.repeat(24)}","chunks":-1,"folded":{"chunks":0,"terms":0,"unknown":0}}` }],
    [{ basis: `{"id":"${'0'.repeat(24)}","chunks":1}` }],
  ])('attack: with a set of vectors of %j is made anew', async (changed) => {
    await expectMadeAnew((database) => {
      putSet(database, changed);
    });
  });

  it.each([
    ['a basis that is no JSON', "UPDATE vector_sets SET basis = '{'"],
    ['a number that is too large', `UPDATE shards SET version = ${MAX}`],
  ])('attack: with %s is made anew by whoever writes, too', async (_, sql) => {
    const directory = await filledFolder();
    poison(join(directory, 'manifest.sqlite'), (database) => {
      putSet(database, {});
      database.exec(`INSERT INTO shards VALUES ('serving', 1, 1); ${sql}`);
    });
    const store = await openIndexStore(directory, silentLogger);
    await store.write((writer) => commitMarked(writer, '2'));
    expect((await loadWhole(store)).recipe).toBe('2');
    await store.close();
  });
});

describe('a database that defines more than ours', () => {
  const endless = 'WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n) SELECT';
  it.each([
    [
      'a view without end in place of a table',
      `DROP TABLE changes; DROP TABLE files; CREATE VIEW files AS ${endless} 'a' || i AS path, 0 AS size,
        0 AS modified_ms, '' AS hash, 0 AS chunk_count, '' AS segment, 0 AS checksum FROM n`,
    ],
    [
      'a trigger without end',
      `CREATE TRIGGER more AFTER INSERT ON segments BEGIN INSERT INTO dropped ${endless} i, 0 FROM n; END`,
    ],
    ['a computed column', 'ALTER TABLE files ADD COLUMN more TEXT AS (hex(zeroblob(10000000)))'],
    ['an index of its own', 'CREATE INDEX more ON files (abs(size))'],
    ['a virtual table', 'CREATE VIRTUAL TABLE more USING fts5(text)'],
  ])('attack: %s is made anew', async (_, sql) => {
    await expectMadeAnew((database) => {
      database.exec(sql);
    });
  });

  it.each([
    ['a view', 'ALTER TABLE signals RENAME TO more; CREATE VIEW signals AS SELECT * FROM more'],
    [
      'a trigger',
      `CREATE TRIGGER more AFTER INSERT ON signals BEGIN DELETE FROM signals WHERE id IN (${endless} i FROM n); END`,
    ],
    ['a virtual table', 'CREATE VIRTUAL TABLE more USING fts5(text)'],
  ])('attack: a ledger with %s is set aside', async (_, sql) => {
    const folder = temporaryFolder();
    const file = join(folder, 'signals.sqlite');
    const before = await openSignalLedger(file, silentLogger);
    await before.close();
    poison(file, (database) => {
      database.exec(sql);
    });
    const ledger = await openSignalLedger(file, silentLogger);
    await ledger.close();
    expect(readdirSync(folder).filter((name) => name.includes('.damaged-'))).not.toEqual([]);
  });
});
