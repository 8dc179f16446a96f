import { expect, test } from 'vitest';
import { runCampaign } from './campaign.ts';

const SEED = 20_251_120;

test('whatever a killed process was doing, the next one finds a whole generation and goes on', async () => {
  const { problems, lines } = await runCampaign(SEED, 8);
  expect(problems).toEqual([]);
  expect(lines).toHaveLength(9);
});
