import { expect, test } from 'vitest';
import { nextTurn } from '../../../src/core/async/timeSlice.ts';
import { FileAtHand, FolderAtHand } from '../../../src/engine/query/fileAtHand.ts';

function fixture() {
  const told: string[] = [];
  const files = new FileAtHand((root, path) => void told.push(`${root} ${path ?? 'nothing'}`));
  return { told, files };
}

test('the host hears of a file once a turn, and when the turn is over', async () => {
  const { told, files } = fixture();
  for (const path of ['a.ts', 'a.ts', 'b.ts', 'a.ts']) files.begin('/w', path);
  expect(told).toEqual(['/w a.ts', '/w b.ts', '/w a.ts']);
  await nextTurn();
  expect(told.splice(0)).toEqual(['/w a.ts', '/w b.ts', '/w a.ts', '/w nothing']);
  files.begin('/w', 'a.ts');
  files.begin('/x', 'a.ts');
  await nextTurn();
  expect(told).toEqual(['/w a.ts', '/x a.ts', '/w nothing']);
});

test('what follows in the same turn is still the work on the file, what comes later is not', async () => {
  const { told, files } = fixture();
  files.begin('/w', 'a.ts');
  for (let step = 0; step < 10; step++) await Promise.resolve();
  expect(told).toEqual(['/w a.ts']);
  await nextTurn();
  expect(told.at(-1)).toBe('/w nothing');
});

test('a folder knows the files that are set aside as they were when it looked last', async () => {
  const { told, files } = fixture();
  let aside = new Set(['a.ts']);
  const folder = new FolderAtHand('/w', { aside: () => Promise.resolve(aside) }, files);
  expect(folder.isAside('a.ts')).toBe(false);
  await folder.aside();
  expect([folder.isAside('a.ts'), folder.isAside('b.ts')]).toEqual([true, false]);
  aside = new Set();
  await folder.aside();
  expect(folder.isAside('a.ts')).toBe(false);
  folder.onBegin('b.ts');
  expect(told).toEqual(['/w b.ts']);
});
