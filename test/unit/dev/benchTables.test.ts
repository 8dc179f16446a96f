import { describe, expect, test } from 'vitest';
import { commandOf } from '../../bench/measure.mjs';
import { ablationTables } from '../../bench/tables/ablationTables.mjs';
import { cuttingTable } from '../../bench/tables/cuttingTable.mjs';
import { typingTable } from '../../bench/tables/typingTable.mjs';
import { scaleTable } from '../../bench/tables/scaleTable.mjs';
import { tableRow as row } from './tableRow.ts';

const latency = (ms: number) => ({ p50Ms: ms, p95Ms: 2 * ms, p99Ms: 3 * ms });
const ways = (ms: number) => ({
  lexical: latency(ms),
  dense: latency(ms),
  search: latency(ms),
  complete: latency(ms),
});

function size(asked: number | 'all', ms: number) {
  return {
    asked,
    files: 10,
    chunks: 990,
    megabytes: 1.5,
    names: 700,
    firstIndex: {
      wordsMs: 900 * ms,
      elapsedMs: 3000 * ms,
      megabytesPerSecond: 4,
      peakRssMegabytes: 500,
      rssAfterMegabytes: 310,
      diskMegabytes: 3,
    },
    start: { openMs: 10 * ms, answeredMs: 100 * ms },
    save: { medianMs: 10 * ms, slowestMs: 20 * ms },
    load: {
      idle: ways(ms),
      indexing: ways(2 * ms),
      baselines: { fts5: { firstIndexMs: 5, diskMegabytes: 2, search: latency(1) } },
    },
  };
}

function measured(what: string, on: string, result: object, isUnderLoad = false) {
  return { what, on, command: '', date: '2026-11-21', node: 'v24', machine: '', isUnderLoad, result };
}

describe('ablationTables', () => {
  const worth = {
    'leg: words': { difference: 0.3, interval: [0.2, 0.4], outcome: 'better' },
    'field: path': { difference: -0.012, interval: null, outcome: 'no visible difference' },
  };
  const slice = { n: 30, mrr: 0.5, worth };
  const kinds = {
    'doc-comment': {
      label: 'Doc comment',
      all: { ...slice, n: 60 },
      languages: { TypeScript: slice, Go: slice, Rust: { ...slice, n: 3 } },
    },
    test: { label: 'Test', all: slice, languages: {} },
  };
  const measuredAblation = measured('ablation', 'all', { seed: 1, folders: 2, kinds });

  test('has a column for each language with enough questions, and one for all', () => {
    const table = ablationTables([measuredAblation], []);
    expect(table).toContain('| without | Go | TypeScript | all |');
    expect(row(table, 'questions')).toEqual(['30', '30', '60']);
    expect(row(table, 'all parts')).toEqual(['.500', '.500', '.500']);
  });

  test('shows what is lost with its interval, and in bold what holds', () => {
    const table = ablationTables([measuredAblation], []);
    expect(row(table, 'leg: words')?.[0]).toBe('**+30.0** (+20.0 … +40.0)');
    expect(row(table, 'field: path')?.[0]).toBe('−1.2');
  });

  test('tells of questions in words where they were measured', () => {
    const chunks = (result: object) =>
      measured('chunks', 'code', { n: 5, ours: { recall: { '@10': 0.9 } }, ...result });
    expect(ablationTables([measuredAblation], [chunks({})])).not.toContain('Questions in words');
    expect(ablationTables([measuredAblation], [chunks({ worth })])).toContain('Questions in words');
  });

  test('is nothing where nothing was measured', () => {
    expect(ablationTables([], [])).toBe('');
  });
});

describe('scaleTable', () => {
  const results = [
    measured('scale', '100000', { sizes: [size(100_000, 8)] }, true),
    measured('scale', '10000', { sizes: [size(10_000, 4)] }),
    measured('scale', 'all', { sizes: [size('all', 6)] }),
  ];
  const table = scaleTable(results);

  test('has a column for each size, small ones first', () => {
    expect(row(table, 'milliseconds unless said')).toEqual(['10 k', '100 k', 'all', 'target', 'met']);
  });

  test('says of each target whether it is met, and how far off it is', () => {
    expect(row(table, 'first index: words find everything')?.slice(3)).toEqual(['≤ 10 s, all', 'yes']);
    expect(row(table, 'RSS after, MB')?.slice(3)).toEqual(['≤ 300, all', 'no, 1.03×']);
    expect(row(table, 'start to first answer')?.slice(3)).toEqual(['≤ 0.6 s, 100 k', 'no, 1.33×']);
    expect(row(table, 'whole search, p95 while indexing')?.slice(3)).toEqual(['≤ 40 ms, 100 k', 'yes']);
    expect(row(table, 'completion, p99 while indexing')?.slice(3)).toEqual(['≤ 16 ms, 100 k', 'no, 3.00×']);
  });

  test('compares saves at 100 k with those at 10 k', () => {
    expect(row(table, 'saved file, over that at 10 k')).toEqual([
      '–',
      '2.00×',
      '–',
      '≤ 1.5×, 100 k',
      'no, 1.33×',
    ]);
  });

  test('what was not measured is neither met nor missed', () => {
    const small = scaleTable(results.slice(1));
    expect(row(small, 'start to first answer')?.slice(-1)).toEqual(['not measured']);
    expect(scaleTable(results.slice(0, 1))).toContain('| ≤ 1.5×, 100 k | not measured |');
  });

  test('names what was measured on a busy machine', () => {
    expect(table).toContain('on a busy machine: 100000.');
  });

  test('without results there is no table', () => {
    expect(scaleTable([])).toBe('');
  });
});

describe('cuttingTable', () => {
  const cut = (megabytesPerSecond: number) => ({ chunks: 5, megabytesPerSecond, keptWhole: 0.5 });
  const slice = (megabytes: number) => ({
    megabytes,
    ours: cut(9),
    baselines: { indentation: cut(20), lineWindows: cut(40) },
    parseMegabytesPerSecond: 3,
  });

  test('has a row for each language of which there is enough', () => {
    const table = cuttingTable([
      measured('chunk', 'eslint', { languages: { JavaScript: slice(2), Shell: slice(0.01) } }),
    ]);
    expect(row(table, 'eslint, JavaScript')).toEqual([
      '2.0',
      '9.0',
      '3.0',
      '20.0',
      '40.0',
      '50.0',
      '50.0',
      '50.0',
      'yes',
      'idle',
    ]);
    expect(table).not.toContain('Shell');
  });

  test('without results there is no table', () => {
    expect(cuttingTable([])).toBe('');
  });
});

test('a command names paths once', () => {
  expect(commandOf(['bench', 'scale', '/a', '/b', '/c', '--chunks', 'all'])).toBe(
    'touchstone bench scale <path>… --chunks all',
  );
  expect(commandOf(['bench', 'complete', '/a', '--older', '/b'])).toBe(
    'touchstone bench complete <path> --older <path>',
  );
});

describe('typingTable', () => {
  const scores = (saved: number) => ({ tasks: 9, saved, wrong: 0.2, wrongPer100Keys: 9, silent: 0 });
  const kinds = (saved: number) => ({
    inside: scores(saved),
    appended: scores(saved / 2),
    function: scores(saved),
  });
  const typed = (on: string, saved: number, ours: object = kinds(saved)) =>
    measured('typing', on, { ours, baselines: { 'longest-match': kinds(0.1) } });

  test('has what is saved, wrong, and saved by the simple method for each kind, and means', () => {
    const table = typingTable([typed('here', 0.5), typed('there', 0.3)]);
    expect(row(table, 'here')).toEqual([
      '50.0',
      '20.0',
      '10.0',
      '25.0',
      '20.0',
      '5.0',
      '50.0',
      '20.0',
      '10.0',
    ]);
    expect(row(table, 'mean of the rows')?.[0]).toBe('40.0');
  });

  test('leaves a kind empty that a folder does not have', () => {
    const table = typingTable([typed('here', 0.5, { inside: scores(0.5) }), typed('there', 0.3)]);
    expect(row(table, 'here')?.slice(3)).toEqual(['', '', '', '', '', '']);
    expect(row(table, 'mean of the rows')?.[6]).toBe('30.0');
  });
});
