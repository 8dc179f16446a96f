import { describe, test } from 'vitest';
import { checkMutations, mutated } from './mutations.ts';

/** Ten thousand each are sent by `npm run test:soak`. */
const RUNS = 1_500;

describe('whatever becomes of an answer on its way, it is read, or told in words', () => {
  test.each(mutated)('$name', async (adapter) => {
    await checkMutations(adapter, RUNS, 20261130);
  });
});
