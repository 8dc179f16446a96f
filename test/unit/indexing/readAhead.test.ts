import { expect, test } from 'vitest';
import { readAhead } from '../../../src/core/indexing/readAhead.ts';

/** A loader whose loads finish when told to. */
function manualLoader() {
  const open = new Map<number, { resolve: (value: string) => void; reject: (error: Error) => void }>();
  const load = (item: number) =>
    new Promise<string>((resolve, reject) => {
      open.set(item, { resolve, reject });
    });
  return { open, load };
}

test('results come in order, whatever the order of arrival', async () => {
  const { open, load } = manualLoader();
  const results = readAhead([1, 2, 3], 3, load);
  const first = results.next();
  for (const item of [3, 2, 1]) open.get(item)?.resolve(`r${item}`);
  const rest = [(await first).value, (await results.next()).value, (await results.next()).value];
  expect(rest).toEqual([
    [1, 'r1'],
    [2, 'r2'],
    [3, 'r3'],
  ]);
  expect((await results.next()).done).toBe(true);
});

test('no more loads than allowed are under way', async () => {
  const { open, load } = manualLoader();
  const results = readAhead([1, 2, 3, 4], 2, load);
  const first = results.next();
  expect([...open.keys()]).toEqual([1, 2]);
  open.get(1)?.resolve('r1');
  await first;
  const second = results.next();
  expect([...open.keys()]).toEqual([1, 2, 3]);
  open.get(2)?.resolve('r2');
  expect((await second).value).toEqual([2, 'r2']);
});

test('a failure surfaces in its turn', async () => {
  const { open, load } = manualLoader();
  const results = readAhead([1, 2], 2, load);
  const first = results.next();
  open.get(2)?.reject(new Error('broken'));
  open.get(1)?.resolve('r1');
  expect((await first).value).toEqual([1, 'r1']);
  await expect(results.next()).rejects.toThrow('broken');
});

test('nothing to load gives nothing', async () => {
  expect((await readAhead([], 2, () => Promise.resolve()).next()).done).toBe(true);
});
