import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openSignalLedger } from '../../../src/adapters/sqlite/signalLedger.ts';
import type { SignalRecord } from '../../../src/core/ports/signalRecord.ts';
import { madeBy } from '../../support/madeBy.ts';
import { silentLogger } from '../../support/silentLogger.ts';
import { startScript } from '../../support/startScript.ts';
import { recordingLogger } from './recordingLogger.ts';
import { temporaryFolder } from './temporaryFolder.ts';

const APPENDER = new URL('./children/appender.ts', import.meta.url);

const offered: SignalRecord = {
  kind: 'offered',
  id: 'a',
  at: 1_763_676_000_123,
  workspace: '0123456789abcdef',
  language: 'typescript',
  length: 42,
  lines: 2,
  confidence: 0.75,
  position: 'line-end',
  trigger: 'automatic',
  program: '1.2.3',
  provenance: madeBy('workspace-model'),
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

const common = {
  id: fc.string({ unit: 'grapheme' }),
  at: fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }),
  workspace: fc.string(),
};
const provenance = fc.record(
  {
    source: fc.string(),
    model: fc.string(),
    prompt: fc.record({ id: fc.string(), variant: fc.nat() }),
    settings: fc.string(),
    latencyMs: fc.nat(),
    firstTextMs: fc.nat(),
    isCached: fc.constant<true>(true),
    usage: fc.record(
      { inputTokens: fc.nat(), cachedInputTokens: fc.nat(), outputTokens: fc.nat(), costUsd: fc.nat() },
      { requiredKeys: ['inputTokens', 'outputTokens'] },
    ),
    trials: fc.array(
      fc.record(
        {
          trial: fc.string(),
          arm: fc.record({ name: fc.string(), settings: fc.string() }),
          propensity: fc.double({ min: 0, max: 1, noNaN: true }),
          duel: fc.record(
            {
              against: fc.record({ name: fc.string(), settings: fc.string() }),
              output: fc.constantFrom('equal', 'different', 'none'),
              draw: fc.record({ stratum: fc.string(), block: fc.string(), position: fc.nat() }),
            },
            { requiredKeys: ['against', 'output'] },
          ),
        },
        { requiredKeys: ['trial', 'arm', 'propensity'] },
      ),
      { maxLength: 2 },
    ),
    assists: fc.array(
      fc.record(
        { model: fc.string(), latencyMs: fc.nat(), failure: fc.string() },
        { requiredKeys: ['model', 'latencyMs'] },
      ),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: ['source'] },
);
const anyRecord = fc.oneof<fc.Arbitrary<SignalRecord>[]>(
  fc.record({ ...common, kind: fc.constant('partial'), length: fc.nat(), afterMs: fc.nat() }),
  fc.record(
    {
      ...common,
      kind: fc.constant('offered'),
      language: fc.string(),
      length: fc.nat(),
      lines: fc.nat(),
      confidence: fc.double({ min: 0, max: 1, noNaN: true }),
      position: fc.constantFrom('blank-line', 'line-end', 'inside-line'),
      trigger: fc.constantFrom('automatic', 'invoked'),
      program: fc.string(),
      provenance,
    },
    {
      requiredKeys: [
        ...(['kind', 'id', 'at', 'workspace', 'language', 'length', 'lines', 'confidence'] as const),
        'provenance',
      ],
    },
  ),
  fc.record({ ...common, kind: fc.constant('shown'), afterMs: fc.nat(), visibleMs: fc.nat() }),
  fc.record(
    {
      ...common,
      kind: fc.constant('answered'),
      state: fc.constantFrom('done', 'stopped', 'failed'),
      turn: fc.nat(),
      length: fc.nat(),
      citations: fc.nat(),
      checked: fc.nat(),
      supported: fc.nat(),
      invented: fc.nat(),
      isAbstention: fc.constant<true>(true),
      program: fc.string(),
      provenance,
    },
    {
      requiredKeys: [
        ...(['kind', 'id', 'at', 'workspace', 'state', 'turn', 'length', 'citations'] as const),
        'provenance',
      ],
    },
  ),
  fc.record({ ...common, kind: fc.constant('undone'), afterMs: fc.nat() }),
  fc.record(
    {
      ...common,
      kind: fc.constant('outcome'),
      outcome: fc.constantFrom('accepted', 'typed-through', 'ignored'),
      reason: fc.constantFrom('diverged', 'superseded', 'moved', 'expired', 'closed'),
      length: fc.nat(),
      afterMs: fc.nat(),
    },
    { requiredKeys: ['kind', 'id', 'at', 'workspace', 'outcome', 'afterMs'] },
  ),
  fc.record(
    {
      ...common,
      kind: fc.constant('survival'),
      dueMs: fc.nat(),
      afterMs: fc.nat(),
      state: fc.constantFrom('kept', 'edited', 'replaced', 'removed', 'lost'),
      similarity: fc.double({ noNaN: true, min: 0, max: 1 }),
      length: fc.nat(),
      reason: fc.constantFrom('closed', 'outside'),
    },
    { requiredKeys: ['kind', 'id', 'at', 'workspace', 'dueMs', 'afterMs', 'state', 'length'] },
  ),
  fc.record(
    {
      ...common,
      kind: fc.constant('chat'),
      source: fc.string(),
      action: fc.constantFrom('copied', 'inserted', 'citation-opened'),
      part: fc.constantFrom('answer', 'block', 'selection'),
      length: fc.nat(),
    },
    { requiredKeys: ['kind', 'id', 'at', 'workspace', 'source', 'action'] },
  ),
);

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
    await fc.assert(
      fc.asyncProperty(fc.array(anyRecord, { maxLength: 5 }), async (records) => {
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

  it('leaves out records of a form it does not know, says so once, and keeps them', async () => {
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
    await ledger.append([ignored]);
    expect(await ledger.read()).toEqual([offered, ignored]);
    expect(log.messages).toEqual([expect.stringContaining('3 of 5 signals are left out')]);
    await ledger.close();
    expect(database.prepare('SELECT count(*) AS count FROM signals').get()).toEqual({ count: 5 });
    database.close();
  });

  it('reads what the first version wrote, whose records are fewer and shorter', async () => {
    const file = ledgerFile();
    const ledger = await openSignalLedger(file, silentLogger);
    await ledger.close();
    const old = [
      '{"kind":"offered","id":"a","at":1,"workspace":"w","language":"go","source":"s","length":2,"lines":1,"confidence":1}',
      '{"kind":"outcome","id":"a","at":2,"workspace":"w","outcome":"ignored","reason":"moved","afterMs":1}',
      '{"kind":"outcome","id":"b","at":2,"workspace":"w","outcome":"accepted","afterMs":1}',
    ];
    const database = new DatabaseSync(file);
    const add = database.prepare(
      "INSERT INTO signals (id, kind, at, workspace, record) VALUES ('x', 'y', 1, 'w', ?)",
    );
    for (const record of old) add.run(record);
    database.close();
    const log = recordingLogger();
    const reopened = await openSignalLedger(file, log);
    const { source, ...offer } = JSON.parse(old[0] ?? '') as Record<string, unknown>;
    const others = old.slice(1).map((record) => JSON.parse(record) as unknown);
    expect(await reopened.read()).toEqual([{ ...offer, provenance: { source } }, ...others]);
    expect(log.messages).toEqual([]);
    await reopened.close();
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
      startScript(APPENDER, file, 'one', '10000'),
      startScript(APPENDER, file, 'two', '10000'),
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
