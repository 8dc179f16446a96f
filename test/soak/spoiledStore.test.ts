import { expect, it } from 'vitest';
import { spoiledRounds } from '../contract/faults/spoiledRounds.ts';
import { soakSeed } from './soakSeed.ts';

it(`150 stores of which a file was spoilt, from seed ${soakSeed}, say after one pass what a new one says`, async () => {
  expect(await spoiledRounds(soakSeed, 150)).toEqual([]);
});
