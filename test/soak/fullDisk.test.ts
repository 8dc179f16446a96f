import { describe, expect, it } from 'vitest';
import { atomicWrite } from '../../src/adapters/durable/atomicWrite.ts';
import { storageError } from '../../src/adapters/durable/storageError.ts';
import { checkCommitted } from '../contract/crash/checkCommitted.ts';
import { rewriteFile } from '../contract/crash/editFolder.ts';
import { filledPlace } from '../contract/crash/engineOnDisk.ts';
import { contentFromScratch, differences, indexContent } from '../contract/crash/indexContent.ts';
import { openIndex } from '../contract/crash/openIndex.ts';
import { strayFiles } from '../contract/crash/strayFiles.ts';
import { seededRandom } from '../support/seededRandom.ts';
import { soakSeed } from './soakSeed.ts';

/** So many changed files touch most shards. */
const EDITS = 40;

/**
 * Fails the writes of one pass for which `fails` says so, counted from 1. Returns how many writes there were, and throws
 * unless the pass is refused in words that help and nothing that was committed before is lost.
 */
async function passOnFullDisk(seed: number, fails: (write: number) => boolean): Promise<number> {
  const place = filledPlace(seed);
  const random = seededRandom(seed);
  let writes = -Infinity;
  let failed = 0;
  const { indexer, store } = await openIndex(place.root, place.directory, {
    async writeFile(file, bytes) {
      writes++;
      if (fails(writes)) {
        failed++;
        throw storageError(Object.assign(new Error('full'), { code: 'ENOSPC' }), file);
      }
      await atomicWrite(file, bytes);
    },
  });
  await indexer.refresh();
  const before = await store.generation();
  for (let edit = 0; edit < EDITS; edit++) rewriteFile(place.root, random);
  writes = 0;
  const outcome = await indexer.refresh().then(
    () => undefined,
    (error: unknown) => error,
  );
  const count = writes;
  if (failed > 0) {
    expect(outcome).toMatchObject({ code: 'store-full' });
    expect(String(outcome)).toMatch(/no space left to write .*Free some disk space/);
  } else {
    expect(outcome).toBeUndefined();
  }
  // Whole, whether it is the generation before or one that a part of the pass has made.
  const { generation } = await checkCommitted(place.root, place.directory);
  expect(generation).toBeGreaterThanOrEqual(before);
  writes = -Infinity;
  await indexer.refresh();
  await store.close();
  expect(strayFiles(place.directory)).toEqual([]);
  const found = await indexContent(place.root, place.directory);
  expect(differences(found, await contentFromScratch(place.root))).toEqual([]);
  return count;
}

describe(`a disk that is full, from seed ${soakSeed}`, () => {
  it('at any write of a pass, or from any on, loses nothing that was committed and is caught up with', async () => {
    const count = await passOnFullDisk(soakSeed, () => false);
    expect(count).toBeGreaterThan(10);
    process.stdout.write(`${count} writes in the pass\n`);
    for (let at = 1; at <= count; at++) {
      await passOnFullDisk(soakSeed, (write) => write === at);
      await passOnFullDisk(soakSeed, (write) => write >= at);
    }
  });
});
