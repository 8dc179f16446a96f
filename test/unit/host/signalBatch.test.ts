import { beforeEach, describe, expect, it } from 'vitest';
import type { SignalRecord } from '../../../src/core/ports/signalRecord.ts';
import { SignalBatch } from '../../../src/host/signals/signalBatch.ts';
import { FakeClock } from '../../support/fakeClock.ts';

const record = (id: string): SignalRecord => ({
  kind: 'outcome',
  id,
  at: 1,
  workspace: 'w',
  outcome: 'accepted',
  afterMs: 5,
});

describe('SignalBatch', () => {
  let clock: FakeClock;
  let ledger: string[][];
  let warnings: string[];
  let broken: boolean;
  let batch: SignalBatch;
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

  beforeEach(() => {
    clock = new FakeClock();
    ledger = [];
    warnings = [];
    broken = false;
    batch = new SignalBatch({
      send: (records) => {
        if (broken) return Promise.reject(new Error('engine stopped'));
        ledger.push(records.map(({ id }) => id));
        return Promise.resolve();
      },
      clock,
      log: { warn: (message) => warnings.push(message) },
      program: '1.2.3',
    });
  });

  it('notes the version in what begins a story, and in nothing else', async () => {
    const sent: SignalRecord[] = [];
    const stamping = new SignalBatch({
      send: (records) => Promise.resolve(void sent.push(...records)),
      clock,
      log: { warn: () => undefined },
      program: '1.2.3',
    });
    const answered: SignalRecord = {
      ...{ kind: 'answered', id: 'b', at: 1, workspace: '', state: 'done', turn: 0, length: 1, citations: 0 },
      provenance: { source: 'extractive' },
    };
    stamping.add([record('a'), answered]);
    await stamping.flush();
    expect(sent).toEqual([record('a'), { ...answered, program: '1.2.3' }]);
  });

  it('writes what half a second brought in one go', async () => {
    batch.add([record('a')]);
    clock.advance(300);
    batch.add([record('b'), record('c')]);
    clock.advance(199);
    expect(ledger).toEqual([]);
    clock.advance(1);
    await settle();
    expect(ledger).toEqual([['a', 'b', 'c']]);
  });

  it('writes at once when flushed, and no timer remains', async () => {
    batch.add([record('a')]);
    await batch.flush();
    expect(ledger).toEqual([['a']]);
    expect(clock.pending).toBe(0);
  });

  it('writes nothing when there is nothing', async () => {
    await batch.flush();
    expect(ledger).toEqual([]);
  });

  it('keeps records that could not be written, in order, and tries again', async () => {
    broken = true;
    batch.add([record('a')]);
    await batch.flush();
    expect(warnings).toHaveLength(1);
    batch.add([record('b')]);
    broken = false;
    clock.advance(5_000);
    await settle();
    expect(ledger).toEqual([['a', 'b']]);
  });

  it('warns once of a ledger that stays out of order, and again once something has changed', async () => {
    broken = true;
    batch.add([record('a')]);
    for (let attempt = 0; attempt < 5; attempt++) {
      await batch.flush();
      expect(warnings).toHaveLength(1);
    }
    broken = false;
    await batch.flush();
    broken = true;
    batch.add([record('b')]);
    await batch.flush();
    expect(warnings).toHaveLength(2);
  });

  it('drops the oldest records when the ledger cannot be written for long', async () => {
    broken = true;
    batch.add([record('first')]);
    await batch.flush();
    batch.add(Array.from({ length: 1_000 }, (_, n) => record(`r${n}`)));
    broken = false;
    await batch.flush();
    expect(ledger[0]).toHaveLength(1_000);
    expect(ledger[0]).not.toContain('first');
  });

  it('does not start a second write before the first is done', async () => {
    batch.add([record('a')]);
    const first = batch.flush();
    batch.add([record('b')]);
    await Promise.all([first, batch.flush()]);
    expect(ledger.flat()).toEqual(['a', 'b']);
  });
});
