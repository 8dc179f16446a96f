import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inTrackedTree, trackedTree } from '../../support/trackedTree.ts';

const RUNS = 150;
const SEED = 20_261_130;

test('what git tracks or would add is found, whatever the rules, the settings and the form of the index', async () => {
  await fc.assert(
    fc.asyncProperty(trackedTree, (tree) =>
      inTrackedTree(tree, async (laid) => {
        expect(await laid.found()).toEqual(laid.listedByGit());
      }),
    ),
    { numRuns: RUNS, seed: SEED },
  );
});
