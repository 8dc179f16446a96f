import { describe, test } from 'vitest';
import { checkMutations, mutated } from '../contract/models/mutations.ts';
import { soakSeed } from './soakSeed.ts';

describe('ten thousand mutations of an answer, for each adapter', () => {
  test.each(mutated)('$name', async (adapter) => {
    await checkMutations(adapter, 10_000, soakSeed);
  });
});
