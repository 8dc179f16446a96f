import { expect, test } from 'vitest';
import type { Translator } from '../../../src/host/chat/chatNotes.ts';
import { indexStatusRows, type FolderIndexStatus } from '../../../src/host/indexStatus/indexStatusRows.ts';

const l10n: Translator = {
  t: (message, ...args) => message.replaceAll(/\{(\d+)\}/g, (_, n) => String(args[Number(n)])),
};
const folder: FolderIndexStatus = {
  root: '/w/app',
  name: 'app',
  line: '12 files indexed.',
  store: '/cache/1',
  skipped: [
    { path: 'b.png', reason: 'binary' },
    { path: 'new\nline.png', reason: 'binary' },
    { path: 'node_modules/', reason: 'ignored' },
    { path: 'a.png', reason: 'binary' },
  ],
  cutExcludes: [],
};
const labels = (folders: readonly FolderIndexStatus[]) =>
  indexStatusRows(folders, l10n).map(({ kind, label }) => `${kind}: ${label}`);

test('lists the folder, then how much is left out and why, then the files, the shortest list first', () => {
  expect(labels([folder])).toEqual([
    'folder: app',
    'more: Index: /cache/1',
    'more: Not text: 3',
    'more: Ignored by git, by settings or by .touchstoneignore: 1',
    'reason: Ignored by git, by settings or by .touchstoneignore: 1',
    'file: node_modules/',
    'reason: Not text: 3',
    'file: a.png',
    'file: b.png',
    'file: new\nline.png',
  ]);
});

test('names the folder of each file where there are several', () => {
  const other = { ...folder, root: '/w/lib', name: 'lib', skipped: [] };
  expect(labels([folder, other])).toContain('file: app/a.png');
});

test('says how many more there are', () => {
  const skipped = Array.from({ length: 1_400 }, (_, n) => ({ path: `${n}.log`, reason: 'ignored' as const }));
  expect(labels([{ ...folder, skipped }]).at(-1)).toBe('more: … and 1,100 more');
});

test('lists excludes that do not hold as written, each once and shortened', () => {
  const cut = ['{a,b}'.repeat(20), 'x'.repeat(5_000)];
  const rows = labels([
    { ...folder, skipped: [], cutExcludes: cut },
    { ...folder, name: 'lib', skipped: [], cutExcludes: cut },
  ]);
  expect(rows.slice(4)).toEqual([
    'reason: Excludes that are too long or stand for too many patterns, and do not hold as written: 2',
    `more: ${'{a,b}'.repeat(16)}…`,
    `more: ${'x'.repeat(80)}…`,
  ]);
  const many = Array.from({ length: 1_400 }, (_, n) => `${n}`);
  expect(labels([{ ...folder, skipped: [], cutExcludes: many }]).at(-1)).toBe('more: … and 1,100 more');
});
