import { describe, expect, it } from 'vitest';
import { runCampaign } from '../contract/crash/campaign.ts';
import { soakSeed } from './soakSeed.ts';

const KILLS = 100;

describe(`a campaign of ${KILLS} kills from seed ${soakSeed}`, () => {
  it('never finds a mix of generations, a lost signal, a stray file or another index than one from scratch', async () => {
    const { problems } = await runCampaign(soakSeed, KILLS, (line) => process.stdout.write(`${line}\n`));
    expect(problems).toEqual([]);
  }, 3_600_000);
});
