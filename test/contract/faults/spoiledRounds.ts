import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from '../../support/seededRandom.ts';
import { engineConfig, filledPlace, Heard, newEngines, openIndexer } from '../crash/engineOnDisk.ts';
import { contentFromScratch, differences, indexContent } from '../crash/indexContent.ts';
import { temporaryFolder } from '../crash/temporaryFolder.ts';
import { spoilStore } from './spoilStore.ts';

/**
 * Spoils a file of a store so many times, each time of an intact copy, and lets the two workers meet what is left: the
 * one that reads says what it finds damaged, the other mends that. Returns what was wrong in the end, in words.
 */
export async function spoiledRounds(seed: number, rounds: number): Promise<readonly string[]> {
  const place = filledPlace(seed);
  const indexer = await openIndexer(place);
  await indexer.refresh({ fromScratch: false });
  await indexer.idle();
  await indexer.close();
  const expected = await contentFromScratch(place.root);
  const copies = temporaryFolder();
  const problems: string[] = [];
  for (let round = 0; round < rounds; round++) {
    const directory = join(copies, `${round}`);
    cpSync(place.directory, directory, { recursive: true });
    const what = spoilStore(directory, seededRandom(seed * 1000 + round));
    const problem = await mend({ ...place, directory })
      .then(async () => differences(await indexContent(place.root, directory), expected).join())
      .catch(String);
    rmSync(directory, { recursive: true });
    if (problem !== '') problems.push(`${what} (round ${round}): ${problem}`);
  }
  return problems;
}

async function mend(place: ReturnType<typeof filledPlace>): Promise<void> {
  const heard = new Heard();
  const { indexer, query } = newEngines(heard);
  await query.open(engineConfig(place));
  await query.catchUp(place.root);
  await indexer.open(engineConfig(place));
  await indexer.refresh({ fromScratch: false, repair: heard.damaged.length > 0 });
  const folder = await openIndexer(place);
  await folder.idle();
  await folder.close();
  await Promise.all([query.close(), indexer.close()]);
}
