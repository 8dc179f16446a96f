import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { FolderDiscovery } from '../../../src/engine/workspace/folderDiscovery.ts';

const MEGABYTE = 2 ** 20;

test.each([
  [2 * MEGABYTE, 2 * MEGABYTE],
  [1e12, 16 * MEGABYTE],
  [Infinity, 16 * MEGABYTE],
  [NaN, undefined],
  [0, undefined],
  [-1, undefined],
])('files of at most %d bytes are wanted: the limit is %s', async (maxFileBytes, limit) => {
  const discovery = new FolderDiscovery(tmpdir(), { excludes: [], maxFileBytes });
  expect((await discovery.options()).maxBytes).toBe(limit);
});
