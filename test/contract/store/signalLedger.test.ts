import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openSignalLedger } from '../../../src/adapters/sqlite/signalLedger.ts';
import type { OutcomeSignal, SignalRecord } from '../../../src/core/signals/record.ts';
import { silentLogger } from '../../support/silentLogger.ts';
import { startChild } from './childProcess.ts';
import { recordingLogger } from './recordingLogger.ts';
import { temporaryFolder } from './temporaryFolder.ts';

const offered: SignalRecord = {
  kind: 'offered',
  id: 'a',
  at: 1_763_676_000_123,
  workspace: '0123456789abcdef',
  language: 'typescript',
  source: 'workspace-model',
  length: 42,
  lines: 2,
  confidence: 0.75,
};
const ignored: SignalRecord = {
  kind: 'outcome',
  id: 'a',
  at: 1_763_676_001_000,
  workspace: '0123456789abcdef',
  outcome: 'ignored',
  reason: 'diverged',
  afterMs: 877,
};
const elsewhere: SignalRecord = { ...offered, id: 'b', workspace: 'fedcba9876543210' };

const ledgerFile = () => join(temporaryFolder(), 'signals', 'signals.sqlite');

describe('the signal ledger', () => {
  it('gives back what was appended, in order, after closing too', async () => {
    const file = ledgerFile();
    const first = await openSignalLedger(file, silentLogger);
    await first.append([offered, elsewhere]);
    await first.append([]);
    await first.append([ignored]);
    await first.close();
    const second = await openSignalLedger(file, silentLogger);
    expect(await second.read()).toStrictEqual([offered, elsewhere, ignored]);
    expect(await second.read({ workspace: offered.workspace })).toStrictEqual([offered, ignored]);
    expect(await second.read({ workspace: 'unknown' })).toEqual([]);
    await second.close();
    await expect(second.append([offered])).rejects.toHaveProperty('code', 'store-closed');
  });

  it('keeps every well-formed record as it is', async () => {
    const ledger = await openSignalLedger(ledgerFile(), silentLogger);
    const outcome: fc.Arbitrary<OutcomeSignal> = fc.record(
      {
        kind: fc.constant('outcome' as const),
        id: fc.string({ unit: 'grapheme' }),
        at: fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }),
        workspace: fc.string(),
        outcome: fc.constantFrom('accepted', 'ignored'),
        reason: fc.constantFrom('diverged', 'superseded', 'moved', 'expired', 'closed'),
        afterMs: fc.nat(),
      },
      { requiredKeys: ['kind', 'id', 'at', 'workspace', 'outcome', 'afterMs'] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(outcome, { maxLength: 5 }), async (records) => {
        await ledger.clear();
        await ledger.append(records);
        expect(await ledger.read()).toEqual(records);
      }),
      { numRuns: 20 },
    );
    await ledger.close();
  });

  it('keeps the order of calls that are not waited for', async () => {
    const ledger = await openSignalLedger(ledgerFile(), silentLogger);
    const records = Array.from({ length: 30 }, (_, afterMs) => ({ ...ignored, afterMs }));
    await Promise.all(records.map((record) => ledger.append([record])));
    expect(await ledger.read()).toEqual(records);
    await ledger.close();
  });

  it('appends all records of a call or none', async () => {
    const ledger = await openSignalLedger(ledgerFile(), silentLogger);
    const unstorable = { ...offered, workspace: undefined } as unknown as SignalRecord;
    await expect(ledger.append([offered, unstorable])).rejects.toThrow();
    expect(await ledger.read()).toEqual([]);
    await ledger.close();
  });

  it('forgets everything when cleared, on disk too', async () => {
    const file = ledgerFile();
    const ledger = await openSignalLedger(file, silentLogger);
    await ledger.append([offered, ignored]);
    await ledger.clear();
    expect(await ledger.read()).toEqual([]);
    await ledger.append([elsewhere]);
    expect(await ledger.read()).toEqual([elsewhere]);
    await ledger.close();
    expect(readFileSync(file, 'latin1')).not.toContain(offered.workspace);
  });

  it('leaves out records of a form it does not know, and says so', async () => {
    const file = ledgerFile();
    const log = recordingLogger();
    const ledger = await openSignalLedger(file, log);
    await ledger.append([offered]);
    const database = new DatabaseSync(file);
    const add = database.prepare(
      "INSERT INTO signals (id, kind, at, workspace, record) VALUES ('x', 'y', 1, 'z', ?)",
    );
    for (const record of ['{"kind":"future"}', '{"kind":', JSON.stringify({ ...offered, lines: 'two' })])
      add.run(record);
    database.close();
    expect(await ledger.read()).toEqual([offered]);
    expect(log.messages).toEqual(
      [2, 3, 4].map((row) => expect.stringContaining(`Signal ${row} is left out`) as string),
    );
    await ledger.close();
  });

  it('moves a damaged file aside whole and says where', async () => {
    const file = ledgerFile();
    const first = await openSignalLedger(file, silentLogger);
    await first.append(Array.from({ length: 200 }, () => offered));
    await first.close();
    const damaged = readFileSync(file).fill(0, 0, 50);
    writeFileSync(file, damaged);
    const log = recordingLogger();
    const second = await openSignalLedger(file, log);
    await second.append([ignored]);
    expect(await second.read()).toEqual([ignored]);
    const aside = readdirSync(join(file, '..')).find((name) => name.includes('damaged'))!;
    expect(log.messages).toEqual([expect.stringContaining(aside)]);
    expect(readFileSync(join(file, '..', aside))).toEqual(damaged);
    await second.close();
  });

  it('takes records from several processes at once and loses none that was acknowledged to SIGKILL', async () => {
    const file = ledgerFile();
    const children = [
      startChild('appender', file, 'one', '10000'),
      startChild('appender', file, 'two', '10000'),
    ];
    await Promise.all(children.map((child) => child.printed((line) => Number(line) >= 40)));
    for (const child of children) child.kill();
    const [one, two] = await Promise.all(children.map((child) => child.ended));
    const ledger = await openSignalLedger(file, silentLogger);
    for (const [workspace, child] of [
      ['one', one!],
      ['two', two!],
    ] as const) {
      expect(child.by).toBe('SIGKILL');
      const found = (await ledger.read({ workspace })).map((record) => 'afterMs' in record && record.afterMs);
      expect(found).toEqual(found.map((_, index) => index));
      expect(found.length).toBeGreaterThan(Number(child.lines.at(-1)));
    }
    await ledger.close();
  });
});
