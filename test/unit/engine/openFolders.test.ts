import { expect, test } from 'vitest';
import { openFolders } from '../../../src/engine/workspace/folderStores.ts';
import { silentLogger } from '../../support/silentLogger.ts';

const configs = ['/a', '/gone', '/b'].map((root) => ({ root, store: `/store${root}` }));
const open = ({ root }: { readonly root: string }) =>
  root === '/gone' ? Promise.reject(new Error('There is no folder at /gone.')) : Promise.resolve(root);

function report() {
  const statuses: unknown[] = [];
  const indexStatus = (...args: unknown[]) => void statuses.push(args);
  return { statuses, host: { indexStatus }, log: silentLogger };
}

test('opens the folders that can be opened, in order, and says why another cannot', async () => {
  const told = report();
  expect(await openFolders(configs, open, told)).toEqual(['/a', '/b']);
  expect(told.statuses).toEqual([['/gone', { state: 'failed', message: 'There is no folder at /gone.' }]]);
});

test('rejects when no folder can be opened', async () => {
  await expect(openFolders(configs.slice(1, 2), open, report())).rejects.toThrow(
    'There is no folder at /gone.',
  );
});

test('has nothing to say about no folders', async () => {
  expect(await openFolders([], open, report())).toEqual([]);
});
