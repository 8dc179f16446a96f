import { describe, expect, test } from 'vitest';
import type { PeerResult } from '../../bench/peers/measurePeer.mjs';
import { failureReason } from '../../bench/peers/failureReason.mjs';
import { peersTable } from '../../bench/tables/peersTable.mjs';
import { tableRow as row } from './tableRow.ts';

const latency = (ms: number) => ({ p50Ms: ms, p95Ms: 2 * ms });

const ours = {
  chunks: 9990,
  megabytes: 15.1,
  firstIndex: { elapsedMs: 7500, wordsMs: 1300, peakRssMegabytes: 660, diskMegabytes: 46.2 },
  start: { answeredMs: 173 },
  save: { medianMs: 22, completeMs: 61 },
  ask: { lexical: latency(0.25), dense: latency(0.5), rssMegabytes: 150 },
  recallAt10: 1,
};

const build = { elapsedMs: 61_000, peakRssMegabytes: 1100, diskMegabytes: 158 };

function measured(peers: readonly PeerResult[], { chunks = 9990, isUnderLoad = false } = {}) {
  const result = { ours: { ...ours, chunks }, peers };
  return {
    ...{ what: 'peers', on: '', command: '', date: '2026-11-21', node: 'v24', machine: '' },
    ...{ isUnderLoad, result },
  };
}

describe('peersTable', () => {
  test('has a row for ours and one for each store, with dashes where it does not find', () => {
    const store = {
      ...{ id: 'a', name: 'A', build, start: { answeredMs: 95 } },
      ...{ ask: { words: latency(40), rssMegabytes: 80 }, save: { medianMs: 3 } },
    };
    const table = peersTable([measured([store])]);
    expect(row(table, '**Touchstone**')).toEqual([
      ...['7.50 (1.30)', '660', '46.2', '173', '22.0 (61.0)'],
      ...['0.25 / 0.50', '0.50 / 1.00', '1.000', '150'],
    ]);
    expect(row(table, 'A')).toEqual(['61.0', '1100', '158.0', '95.0', '3.00', '40.0 / 80.0', '–', '–', '80']);
  });

  test('says where a store failed and why, and keeps what it did before', () => {
    const failed = { phase: 'start' as const, reason: 'took longer than 150 s' };
    const table = peersTable([measured([{ id: 'b', name: 'B', build, failed }])]);
    expect(row(table, 'B')).toEqual(['61.0', '1100', '158.0', 'fails', '–', '–', '–', '–', '–']);
    expect(table).toContain('- B, start: took longer than 150 s');
  });

  test('says what was saved and not found', () => {
    const save = { medianMs: 3, saves: 5, missed: 2 };
    expect(peersTable([measured([{ id: 'c', name: 'C', save }])])).toContain(
      '- C: 2 of 5 saved files were not found',
    );
  });

  test('begins with the smallest workspace, and says which was measured on a busy machine', () => {
    const table = peersTable([measured([], { chunks: 100_308 }), measured([], { isUnderLoad: true })]);
    const [, small, large] = table.split('### ');
    expect(small).toMatch(/^9990 chunks, 15 MB of code/);
    expect(small).toContain('busy machine');
    expect(large).toMatch(/^100308 chunks/);
    expect(large).not.toContain('busy machine');
  });

  test('is nothing where nothing was measured', () => {
    expect(peersTable([])).toBe('');
  });
});

describe('failureReason', () => {
  const limits = { heapMegabytes: 4096, seconds: 150 };

  test.each([
    [{ killed: true, signal: 'SIGKILL', stderr: '' }, 'took longer than 150 s'],
    [
      {
        signal: 'SIGABRT',
        stderr: 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
      },
      'needs more than 4 GB of heap',
    ],
    [{ signal: 'SIGKILL', stderr: '' }, 'ended by SIGKILL'],
    [
      { signal: null, stderr: 'a warning\n\nRangeError: Invalid string length\n' },
      'RangeError: Invalid string length',
    ],
    [{ signal: null, stderr: '', message: 'Command failed | with a bar' }, 'Command failed / with a bar'],
  ])('of %j is "%s"', (error, reason) => {
    expect(failureReason(error, limits)).toBe(reason);
  });
});
