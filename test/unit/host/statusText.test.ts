import { describe, expect, it } from 'vitest';
import type { Translator } from '../../../src/host/chat/chatNotes.ts';
import type { IndexOverview } from '../../../src/host/indexStatus/indexOverview.ts';
import {
  chatBlocked,
  statusItemText,
  statusLine,
  statusTooltip,
} from '../../../src/host/indexStatus/statusText.ts';

const l10n: Translator = {
  t: (message, ...args) => message.replaceAll(/\{(\d+)\}/g, (_, n) => String(args[Number(n)])),
};
const indexing: IndexOverview = { state: 'indexing', done: 1_999, total: 2_000, percent: 99 };
const paused: IndexOverview = { state: 'paused', kind: 'paused', files: 800, chunks: 9, percent: 40 };
const ready: IndexOverview = {
  state: 'ready',
  files: 1_234,
  chunks: 5_678,
  skipped: new Map([
    ['binary', 2],
    ['too large', 31],
  ]),
};

describe('status texts', () => {
  it.each<[IndexOverview, string, string]>([
    [{ state: 'noFolder' }, '$(circle-outline) Touchstone', 'No folder is open.'],
    [{ state: 'starting' }, '$(sync~spin) Touchstone', 'Starting …'],
    [{ state: 'scanning', found: 12 }, '$(sync~spin) Touchstone', 'Looking for files: 12 found.'],
    [indexing, '$(sync~spin) Touchstone 99 %', 'Indexing 1,999 of 2,000 files.'],
    [
      { state: 'indexing', done: 0, total: 0, percent: 0 },
      '$(sync~spin) Touchstone 0 %',
      'Indexing 0 of 0 files.',
    ],
    [
      { ...indexing, remainingMs: 400 },
      '$(sync~spin) Touchstone 99 %',
      'Indexing 1,999 of 2,000 files. About 1 s left.',
    ],
    [
      { ...indexing, remainingMs: 200_000 },
      '$(sync~spin) Touchstone 99 %',
      'Indexing 1,999 of 2,000 files. About 3 min left.',
    ],
    [
      paused,
      '$(debug-pause) Touchstone 40 %',
      'Indexing is paused at 40 %. 800 files can be searched. Run “Touchstone: Resume Indexing” to go on.',
    ],
    [
      { state: 'paused', kind: 'stopped', files: 800, chunks: 9 },
      '$(debug-pause) Touchstone',
      'Indexing was cancelled. 800 files can be searched. Run “Touchstone: Resume Indexing” to go on.',
    ],
    [ready, '$(check) Touchstone', '1,234 files indexed.'],
    [{ ...ready, files: 1 }, '$(check) Touchstone', '1 file indexed.'],
    [{ ...ready, files: 0 }, '$(check) Touchstone', 'No files to index yet.'],
    [
      { state: 'empty' },
      '$(circle-outline) Touchstone',
      'The index is empty. Run “Touchstone: Reindex Workspace” to fill it.',
    ],
    [
      { state: 'failed', message: 'disk full' },
      '$(warning) Touchstone',
      'Indexing failed: disk full. Run “Touchstone: Reindex Workspace” to try again.',
    ],
    [
      { state: 'failed', message: 'Free some space.' },
      '$(warning) Touchstone',
      'Indexing failed: Free some space. Run “Touchstone: Reindex Workspace” to try again.',
    ],
  ])('%o', (overview, item, line) => {
    expect(statusItemText(overview)).toBe(item);
    expect(statusLine(overview, l10n)).toBe(line);
  });

  it('says in the tooltip what was left out, which models are at work, and where to go', () => {
    expect(statusTooltip(ready, 'Built-in models: no key, no network.', l10n)).toBe(
      [
        '1,234 files indexed. 5,678 chunks to search in.',
        'Left out: 31 too large, 2 binary.',
        'Built-in models: no key, no network.',
        '[Open chat](command:touchstone.openChat) · [Show feedback](command:touchstone.showFeedback) · [Show index status](command:touchstone.showIndexStatus) · [Show log](command:touchstone.showLog)',
      ].join('\n\n'),
    );
  });

  it('counts a single chunk as one', () => {
    expect(statusTooltip({ ...ready, chunks: 1 }, '', l10n)).toContain(' 1 chunk to search in.');
  });

  it('links to nothing that needs a folder when there is none', () => {
    const tooltip = statusTooltip({ state: 'noFolder' }, '', l10n);
    expect(tooltip.match(/command:[\w.]+/g)).toEqual(['command:touchstone.showLog']);
  });

  it('does not let a message turn into Markdown', () => {
    const tooltip = statusTooltip(
      { state: 'failed', message: '[x](command:evil) $(bug)' },
      '[y](command:evil)',
      l10n,
    );
    expect(tooltip).not.toContain('[x](command:evil)');
    expect(tooltip).not.toContain('$(bug)');
  });

  it('links to what can be done about indexing', () => {
    const linked = (overview: IndexOverview) => [
      ...statusTooltip(overview, '', l10n).matchAll(/command:touchstone\.(\w+Indexing)/g),
    ];
    const names = (overview: IndexOverview) => linked(overview).map(([, name]) => name);
    expect(names(indexing)).toEqual(['pauseIndexing', 'cancelIndexing']);
    expect(names(paused)).toEqual(['resumeIndexing']);
    expect(names(ready)).toEqual([]);
  });

  it('keeps the chat from asking only when there is nothing to ask about', () => {
    expect(chatBlocked({ state: 'noFolder' }, l10n)).toBe('Open a folder to ask about its code.');
    expect(chatBlocked({ state: 'empty' }, l10n)).toContain('Reindex');
    expect(chatBlocked({ ...ready, files: 0 }, l10n)).toContain('no code in this folder');
    expect(chatBlocked({ ...paused, files: 0 }, l10n)).toContain('Resume');
    for (const overview of [indexing, ready, paused]) expect(chatBlocked(overview, l10n)).toBeUndefined();
  });
});
