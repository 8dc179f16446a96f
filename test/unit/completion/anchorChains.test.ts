import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runToCompletion } from '../../../src/core/async/incremental.ts';
import { AnchorChains, MAX_CHAIN } from '../../../src/core/completion/anchorChains.ts';
import { throughImage } from '../../support/throughImage.ts';

/** Position → hash, `undefined` for one that is in no chain. Position 0 never is. */
type Hashes = readonly (number | undefined)[];

function add(chains: AnchorChains, hashes: Hashes): void {
  for (const hash of hashes) {
    if (hash === undefined) chains.skip();
    else chains.push(hash);
  }
}

function read(chains: AnchorChains, hash: number, floor = 0): readonly number[] {
  const chain = chains.of(hash, floor);
  const found: number[] = [];
  for (let at = chain.next(); at !== 0; at = chain.next()) found.push(at);
  expect(chain.next()).toBe(0);
  return found;
}

const expected = (hashes: Hashes, hash: number, floor = 0) =>
  hashes.flatMap((each, at) => (each === hash && at >= floor ? [at] : [])).toReversed();

function packed(chains: AnchorChains, floor = 0): AnchorChains {
  runToCompletion(chains.packIncrementally(floor));
  return chains;
}

const restored = (chains: AnchorChains) =>
  new AnchorChains(
    throughImage((image) => {
      chains.save(image);
      return undefined;
    }),
  );

const HASHES = [1, 2, 3, 0xfffff];
const piece = fc.array(fc.option(fc.constantFrom(...HASHES), { nil: undefined, freq: 6 }), {
  maxLength: 60,
  size: 'max',
});

describe('AnchorChains', () => {
  it('gives the positions of a hash, newest first, however often what is there is packed or restored', () => {
    const step = fc.record({ hashes: piece, then: fc.constantFrom('nothing', 'pack', 'restore') });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 4 }), fc.nat(80), (steps, floor) => {
        let chains = new AnchorChains();
        let all: Hashes = [undefined];
        chains.skip();
        for (const { hashes, then } of steps) {
          add(chains, hashes);
          all = [...all, ...hashes];
          if (then !== 'nothing') packed(chains);
          if (then === 'restore') chains = restored(chains);
        }
        expect(chains.length).toBe(all.length);
        for (const hash of HASHES) {
          expect(read(chains, hash)).toEqual(expected(all, hash));
          expect(read(chains, hash, floor)).toEqual(expected(all, hash, floor));
        }
      }),
      { numRuns: 12 },
    );
  });

  it('finds positions that lie far apart', () => {
    const chains = new AnchorChains();
    const places = [1, 2, 130, 17_000, 2_100_000];
    for (let at = 0, next = 0; next < places.length; at++) {
      if (at === places[next]) next = (chains.push(7), next + 1);
      else chains.skip();
    }
    expect(read(restored(packed(chains)), 7)).toEqual(places.toReversed());
  });

  it('keeps of a chain what is ever followed, over the ends of pages', () => {
    const chains = new AnchorChains();
    const count = 1_300_000;
    for (let at = 0; at < count; at++) chains.push(at % 400);
    packed(chains);
    for (let hash = 0; hash < 400; hash++) {
      const found = read(chains, hash);
      expect(found).toHaveLength(MAX_CHAIN);
      expect(found.every((at, index) => at === found[0]! - 400 * index)).toBe(true);
    }
    // Two bytes a position, beside the two tables.
    expect(chains.heldBytes).toBeLessThan(2 * 4 * 2 ** 20 + 2 * 400 * MAX_CHAIN + 2 ** 19);
  });

  it('is as it was when packing is given up', () => {
    const chains = new AnchorChains();
    add(chains, [undefined, 5, 6, 5]);
    const packing = chains.packIncrementally(0);
    packing.next();
    packing.return(undefined);
    add(chains, [5]);
    expect(read(chains, 5)).toEqual([4, 3, 1]);
  });
});
