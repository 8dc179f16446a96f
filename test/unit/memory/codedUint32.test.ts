import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runToCompletion } from '../../../src/core/async/incremental.ts';
import { CodedUint32 } from '../../../src/core/memory/codedUint32.ts';
import { throughImage } from '../../support/throughImage.ts';

const BLOCK = 65_536;

function filled(length: number, valueAt: (index: number) => number): CodedUint32 {
  const list = new CodedUint32();
  for (let index = 0; index < length; index++) list.push(valueAt(index));
  return list;
}

function packed(list: CodedUint32): CodedUint32 {
  runToCompletion(list.packIncrementally());
  return list;
}

const restored = (list: CodedUint32) =>
  new CodedUint32(
    throughImage((image) => {
      list.save(image);
      return undefined;
    }),
  );

/** The indices at which two logs differ. */
function differences(
  list: CodedUint32,
  valueAt: (index: number) => number,
  length: number,
): readonly number[] {
  const found: number[] = [];
  for (let index = 0; index < length; index++) if (list.at(index) !== valueAt(index)) found.push(index);
  return found;
}

/** Few different numbers, all different ones, the greatest there are, and one alone. */
const VALUES: Readonly<Record<string, (index: number) => number>> = {
  'few different': (index) => (index * index) % 97,
  'all different': (index) => (Math.imul(index, 0x9e3779b1) >>> 0) + 0,
  'the greatest': (index) => 0xffffffff - (index % 3),
  'one alone': () => 0,
  'new ones in every block': (index) => (index >>> 16) * 1000 + (index % 700),
};

describe('CodedUint32', () => {
  it.each(Object.entries(VALUES))('gives back what was appended once it is packed: %s', (_, valueAt) => {
    const length = 3 * BLOCK + 5;
    const list = packed(filled(length, valueAt));
    for (const each of [list, restored(list)]) {
      expect(each.length).toBe(length);
      expect(differences(each, valueAt, length)).toEqual([]);
      for (let more = 0; more < BLOCK; more++) each.push(valueAt(length + more));
      expect(differences(packed(each), valueAt, length + BLOCK)).toEqual([]);
    }
  });

  it('takes little more than half of the room, and none for what it forgot', () => {
    const list = filled(4 * BLOCK, VALUES['few different']!);
    const before = list.heldBytes;
    packed(list);
    // One page is for the different numbers of all blocks.
    expect(list.heldBytes).toBe(before / 2 + 4 * BLOCK);
    list.dropBelow(4 * BLOCK);
    expect(list.heldBytes).toBe(4 * BLOCK);
    expect(list.at(0)).toBe(0);
    expect([list.holdsFrom(0), list.holdsFrom(4 * BLOCK)]).toEqual([false, true]);
  });

  it('reads the same after every step of packing', () => {
    const valueAt = VALUES['new ones in every block']!;
    const list = filled(2 * BLOCK + 10, valueAt);
    let steps = 0;
    for (const packing = list.packIncrementally(); packing.next().done !== true; steps++) {
      expect(differences(list, valueAt, list.length)).toEqual([]);
    }
    expect(steps).toBeGreaterThan(4);
  });

  it('forgets whole pages only, packed or not', () => {
    fc.assert(
      fc.property(fc.nat(5 * BLOCK), fc.boolean(), (floor, isPacked) => {
        const valueAt = VALUES['few different']!;
        const list = filled(5 * BLOCK, valueAt);
        if (isPacked) packed(list);
        list.dropBelow(floor);
        expect(list.holdsFrom(floor)).toBe(true);
        const seen = [floor, floor + 1, 5 * BLOCK - 1].filter((index) => index >= floor && index < 5 * BLOCK);
        expect(seen.map((index) => list.at(index))).toEqual(seen.map(valueAt));
      }),
      {
        numRuns: 8,
        examples: [
          [5 * BLOCK, true],
          [5 * BLOCK, false],
        ],
      },
    );
  });
});
