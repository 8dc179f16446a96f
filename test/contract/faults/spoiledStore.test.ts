import { expect, it } from 'vitest';
import { spoiledRounds } from './spoiledRounds.ts';

it('a store of which a file was spoilt says after one pass what a new one says', async () => {
  expect(await spoiledRounds(1, 16)).toEqual([]);
});
