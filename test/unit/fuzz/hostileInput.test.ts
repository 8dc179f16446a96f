import { expect, test } from 'vitest';
import { fuzzCases } from '../../support/fuzz.ts';
import { seededRandom } from '../../support/seededRandom.ts';

/** A few seconds for all of them; `test/soak/hostileInput.test.ts` takes a hundred times as many. */
const CASES = 300;

test.each(fuzzCases)('attack: made-up %s break nothing', async (_, run) => {
  for (let seed = 0; seed < CASES; seed++) {
    await expect(
      Promise.resolve(seed).then(() => run(seededRandom(seed))),
      `seed ${seed}`,
    ).resolves.toBeUndefined();
  }
});
