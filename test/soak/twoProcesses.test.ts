import { expect, test } from 'vitest';
import { refreshTogether } from '../contract/crash/refreshTogether.ts';
import { soakSeed } from './soakSeed.ts';

test(`two processes refresh one folder under edits for a minute from seed ${soakSeed} and agree in the end`, async () => {
  const { problems, refreshes } = await refreshTogether(soakSeed, 60_000);
  process.stdout.write(`refreshes: ${refreshes.join(' and ')}\n`);
  expect(problems).toEqual([]);
  expect(Math.min(...refreshes)).toBeGreaterThan(5);
});
