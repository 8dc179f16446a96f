import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCampaign } from '../contract/crash/campaign.ts';
import { sourceText } from '../contract/crash/sourceText.ts';
import type { Random } from '../support/seededRandom.ts';
import { soakSeed } from './soakSeed.ts';

const KILLS = 200;
/** One of each kind, on a folder whose first index takes several commits. */
const LARGE_KILLS = 6;
const onLine = (line: string) => void process.stdout.write(`${line}\n`);

describe(`a campaign of ${KILLS} kills from seed ${soakSeed}`, () => {
  it('never finds a mix of generations, a lost signal, a stray file or another index than one from scratch', async () => {
    const { problems } = await runCampaign(soakSeed, KILLS, { onLine });
    expect(problems).toEqual([]);
  });

  it('nor on a folder that is indexed in several generations', async () => {
    const { problems } = await runCampaign(soakSeed, LARGE_KILLS, { onLine, prepare: addLargeFiles });
    expect(problems).toEqual([]);
  });
});

/** Six megabytes: a generation is committed after every four. */
function addLargeFiles(root: string, random: Random): void {
  mkdirSync(join(root, 'large'));
  for (let file = 0; file < 26; file++) {
    writeFileSync(join(root, `large/module${file}.ts`), sourceText(random, 850));
  }
}
