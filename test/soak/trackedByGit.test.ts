import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inTrackedTree, trackedTree } from '../support/trackedTree.ts';
import { soakSeed } from './soakSeed.ts';

test('what git tracks or would add is found, in many more repositories', async () => {
  await fc.assert(
    fc.asyncProperty(trackedTree, (tree) =>
      inTrackedTree(tree, async (laid) => {
        expect(await laid.found()).toEqual(laid.listedByGit());
      }),
    ),
    { numRuns: 1_500, seed: soakSeed },
  );
});
