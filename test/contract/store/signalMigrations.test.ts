import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { openSignalLedger } from '../../../src/adapters/sqlite/signalLedger.ts';
import {
  SIGNAL_FORMAT,
  SIGNAL_MIGRATIONS,
  upgradeSignal,
} from '../../../src/adapters/sqlite/signalMigrations.ts';
import type { SignalLedger } from '../../../src/core/ports/signalLedger.ts';
import type { SignalRecord } from '../../../src/core/ports/signalRecord.ts';
import { canMount } from '../../support/canMount.ts';
import { madeBy } from '../../support/madeBy.ts';
import { canMakeReadOnly, makeReadOnly } from '../../support/makeReadOnly.ts';
import { silentLogger } from '../../support/silentLogger.ts';
import { startScript } from '../../support/startScript.ts';
import { fill, mountedFolder } from '../crash/mountedFolder.ts';
import { oldLedger, rowsOf, versionOf } from './oldLedger.ts';
import { recordingLogger } from './recordingLogger.ts';
import { temporaryFolder } from './temporaryFolder.ts';

const MIGRATOR = new URL('./children/migrator.ts', import.meta.url);

const fresh: SignalRecord = {
  kind: 'offered',
  id: 'new',
  at: 1,
  workspace: 'w',
  language: 'go',
  length: 1,
  lines: 1,
  confidence: 1,
  provenance: madeBy('workspace-model'),
};

describe.each(['ledger-v1', 'ledger-v1-killed'] as const)('%s', (name) => {
  it('opens in the format of now, and every row is what it was', async () => {
    const file = oldLedger(name, temporaryFolder());
    const before = rowsOf(file);
    expect(before).toHaveLength(115);
    const log = recordingLogger();
    const ledger = await openSignalLedger(file, log);
    const records = await ledger.read();
    await ledger.append([fresh]);
    await ledger.close();
    expect(versionOf(file)).toBe(SIGNAL_FORMAT);
    expect(rowsOf(file).slice(0, -1)).toEqual(before);
    // All but the two that no version could ever read.
    expect(log.messages).toEqual([expect.stringContaining('2 of 115 signals are left out')]);
    const known = before.map(({ record }) => parsed(record)).filter((json) => json?.['kind'] !== 'future');
    const wanted = known.flatMap((json) => (json ? [asOfferOfNow(json)] : []));
    expect(records).toEqual(wanted);
  });

  it('is migrated though its process is killed before or after any statement of the migration', async () => {
    const folder = temporaryFolder();
    const before = rowsOf(oldLedger(name, folder));
    const whole = startScript(MIGRATOR, oldLedger(name, folder), 'open');
    const { lines } = await whole.ended;
    const calls = Number(/^opened (\d+)$/.exec(lines[0] ?? '')?.[1]);
    expect(calls).toBeGreaterThan(4);
    for (let call = 1; call <= calls; call++) {
      for (const when of ['before', 'after']) {
        const file = oldLedger(name, folder);
        const { by } = await startScript(MIGRATOR, file, 'call', String(call), when).ended;
        expect(by).toBe('SIGKILL');
        expect([1, SIGNAL_FORMAT]).toContain(versionOf(file));
        expect(rowsOf(file)).toEqual(before);
        const ledger = await openSignalLedger(file, silentLogger);
        expect(await ledger.read()).toHaveLength(113);
        await ledger.close();
        expect(versionOf(file)).toBe(SIGNAL_FORMAT);
        expect(rowsOf(file)).toEqual(before);
      }
    }
  });

  it('is migrated once by several processes at a time, and takes the records of all', async () => {
    const file = oldLedger(name, temporaryFolder());
    const before = rowsOf(file);
    const children = Array.from({ length: 4 }, () => startScript(MIGRATOR, file, 'open'));
    for (const child of children) expect(await child.ended).toMatchObject({ by: 0, errors: '' });
    expect(versionOf(file)).toBe(SIGNAL_FORMAT);
    expect(rowsOf(file).slice(0, before.length)).toEqual(before);
    expect(rowsOf(file)).toHaveLength(before.length + children.length);
  });
});

describe('a ledger of an older format', () => {
  it('gets the tables that a new one has', async () => {
    const folder = temporaryFolder();
    const [old, made] = [oldLedger('ledger-v1', folder), join(folder, 'made.sqlite')];
    for (const file of [old, made]) await (await openSignalLedger(file, silentLogger)).close();
    expect(tablesOf(old)).toEqual(tablesOf(made));
  });

  it('goes on taking the rows of a process that has not been updated', async () => {
    const file = oldLedger('ledger-v1', temporaryFolder());
    const other = new DatabaseSync(file);
    const insert = other.prepare(
      'INSERT INTO signals (id, kind, at, workspace, record) VALUES (?, ?, ?, ?, ?)',
    );
    const ledger = await openSignalLedger(file, silentLogger);
    const { provenance, ...offer } = fresh;
    insert.run('new', 'offered', 1, 'w', JSON.stringify({ ...offer, source: provenance.source }));
    other.close();
    await ledger.append([fresh]);
    expect((await ledger.read()).slice(-2)).toEqual([
      { ...offer, provenance: { source: 'workspace-model' } },
      fresh,
    ]);
    await ledger.close();
  });

  it.runIf(canMakeReadOnly())(
    'is read where nothing may be written, as if it were of the format of now, and takes no records',
    async () => {
      for (const name of ['ledger-v1', 'ledger-v1-killed'] as const) {
        const folder = temporaryFolder();
        const file = oldLedger(name, folder);
        const bytes = readFileSync(file);
        const makeWritable = makeReadOnly(folder);
        try {
          const ledger = await openSignalLedger(file, silentLogger);
          expect(await ledger.read()).toHaveLength(113);
          await expect(ledger.append([fresh])).rejects.toMatchObject({ code: 'store-read-only' });
          await ledger.close();
        } finally {
          makeWritable();
        }
        expect(readFileSync(file)).toEqual(bytes);
        expect(versionOf(file)).toBe(1);
      }
    },
  );

  it.runIf(canMount())(
    'stays as it is on a full disk, which it says, and is migrated when there is room',
    async () => {
      const { folder, resize } = mountedFolder(600);
      for (const room of [0, 1, 2, 4, 8, 9, 10, 12, 16]) {
        resize(600);
        const file = oldLedger('ledger-v1', folder);
        const before = rowsOf(file);
        fill(folder)(4096 * room);
        const opened = await openSignalLedger(file, silentLogger).catch((error: unknown) => error);
        if (opened instanceof Error) expect(opened).toMatchObject({ code: 'store-full' });
        else await (opened as SignalLedger).close();
        expect([room, versionOf(file)]).toEqual([room, opened instanceof Error ? 1 : SIGNAL_FORMAT]);
        if (room === 0) expect(opened).toBeInstanceOf(Error);
        expect(rowsOf(file)).toEqual(before);
        resize(3_000);
        const ledger = await openSignalLedger(file, silentLogger);
        await ledger.append([fresh]);
        await ledger.close();
        expect(versionOf(file)).toBe(SIGNAL_FORMAT);
        expect(rowsOf(file).slice(0, -1)).toEqual(before);
        rmSync(join(folder, 'ballast'));
      }
    },
  );

  it('waits for a process that locks it, says so after a while, and is migrated later', async () => {
    const file = oldLedger('ledger-v1', temporaryFolder());
    const before = rowsOf(file);
    const other = new DatabaseSync(file);
    other.exec('BEGIN IMMEDIATE');
    await expect(openSignalLedger(file, silentLogger)).rejects.toMatchObject({ code: 'store-busy' });
    other.exec('ROLLBACK');
    other.close();
    expect(versionOf(file)).toBe(1);
    await (await openSignalLedger(file, silentLogger)).close();
    expect(versionOf(file)).toBe(SIGNAL_FORMAT);
    expect(rowsOf(file)).toEqual(before);
  });
});

describe('a ledger of a newer format', () => {
  it('is left alone, byte for byte, and the message says what to do', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'signals.sqlite');
    await (await openSignalLedger(file, silentLogger)).close();
    const database = new DatabaseSync(file);
    database.exec(`PRAGMA user_version = ${SIGNAL_FORMAT + 1}`);
    database.close();
    const bytes = readFileSync(file);
    await expect(openSignalLedger(file, silentLogger)).rejects.toMatchObject({
      code: 'store-newer',
      message: `What is in ${file} was stored by a newer version of Touchstone and is left alone. Update this one, or delete it to begin anew.`,
    });
    expect(readFileSync(file)).toEqual(bytes);
    expect(readdirSync(folder)).toEqual(['signals.sqlite']);
  });
});

describe('the steps', () => {
  it('follow each other without a gap, and leave alone what is not as expected', () => {
    expect(SIGNAL_MIGRATIONS.map(({ to }) => to)).toEqual(SIGNAL_MIGRATIONS.map((_, index) => index + 2));
    for (const odd of [{}, { kind: 'offered' }, { kind: 'offered', source: 7 }, { kind: 3, source: 's' }]) {
      expect(upgradeSignal(odd, 1)).toEqual(odd);
    }
    const now = { kind: 'offered', provenance: { source: 's' } };
    expect(upgradeSignal({ kind: 'offered', source: 's' }, 1)).toEqual(now);
    expect(upgradeSignal(now, SIGNAL_FORMAT)).toEqual(now);
  });
});

type Json = Readonly<Record<string, unknown>>;

function parsed(record: string): Json | undefined {
  try {
    return JSON.parse(record) as Json;
  } catch {
    return undefined;
  }
}

function asOfferOfNow({ source, ...json }: Json): Json {
  if (json['kind'] === 'offered') return { ...json, provenance: { source } };
  return { ...json, ...(source !== undefined && { source }) };
}

function tablesOf(file: string): unknown {
  const database = new DatabaseSync(file);
  try {
    return ['table_xinfo', 'index_list'].map((name) => database.prepare(`PRAGMA ${name}('signals')`).all());
  } finally {
    database.close();
  }
}
