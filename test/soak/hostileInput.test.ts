import { expect, test } from 'vitest';
import { fuzzCases } from '../support/fuzz.ts';
import { poisonedImage, use } from '../support/poisonedImage.ts';
import { seededRandom } from '../support/seededRandom.ts';
import { soakSeed } from './soakSeed.ts';

const CASES = 30_000;

test.each(fuzzCases)('attack: made-up %s break nothing', async (_, run) => {
  for (let at = 0; at < CASES; at++) {
    const seed = soakSeed * CASES + at;
    await expect(
      Promise.resolve(seed).then(() => run(seededRandom(seed))),
      `seed ${seed}`,
    ).resolves.toBeUndefined();
  }
});

test('attack: poisoned images of memory are used or made anew, and nothing hangs', () => {
  for (let at = 0; at < 10_000; at++)
    expect(['used', 'refused']).toContain(use(poisonedImage(soakSeed * 10_000 + at)));
});
