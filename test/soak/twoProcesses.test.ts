import { expect, test } from 'vitest';
import { refreshTogether } from '../contract/crash/refreshTogether.ts';
import { soakSeed } from './soakSeed.ts';

test(`two processes refresh one folder under edits 200 times from seed ${soakSeed} and agree in the end`, async () => {
  expect(await refreshTogether(soakSeed, 200)).toEqual([]);
});
