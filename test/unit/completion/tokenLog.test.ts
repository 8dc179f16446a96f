import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runToCompletion } from '../../../src/core/async/incremental.ts';
import { TokenLog } from '../../../src/core/completion/tokenLog.ts';
import { throughImage } from '../../support/throughImage.ts';

const BLOCK = 65_536;

function filled(length: number, tokenAt: (index: number) => number): TokenLog {
  const log = new TokenLog();
  for (let index = 0; index < length; index++) log.push(tokenAt(index));
  return log;
}

function packed(log: TokenLog): TokenLog {
  runToCompletion(log.packIncrementally());
  return log;
}

const restored = (log: TokenLog) =>
  new TokenLog(
    throughImage((image) => {
      log.save(image);
      return undefined;
    }),
  );

/** The indices at which two logs differ. */
function differences(log: TokenLog, tokenAt: (index: number) => number, length: number): readonly number[] {
  const found: number[] = [];
  for (let index = 0; index < length; index++) if (log.at(index) !== tokenAt(index)) found.push(index);
  return found;
}

/** Few different tokens, all different ones, the greatest there are, and one alone. */
const TOKENS: Readonly<Record<string, (index: number) => number>> = {
  'few different': (index) => (index * index) % 97,
  'all different': (index) => (Math.imul(index, 0x9e3779b1) >>> 0) + 0,
  'the greatest': (index) => 0xffffffff - (index % 3),
  'one alone': () => 0,
  'new ones in every block': (index) => (index >>> 16) * 1000 + (index % 700),
};

describe('TokenLog', () => {
  it.each(Object.entries(TOKENS))('gives back what was appended once it is packed: %s', (_, tokenAt) => {
    const length = 3 * BLOCK + 5;
    const log = packed(filled(length, tokenAt));
    for (const each of [log, restored(log)]) {
      expect(each.length).toBe(length);
      expect(differences(each, tokenAt, length)).toEqual([]);
      for (let more = 0; more < BLOCK; more++) each.push(tokenAt(length + more));
      expect(differences(packed(each), tokenAt, length + BLOCK)).toEqual([]);
    }
  });

  it('takes little more than half of the room, and none for what it forgot', () => {
    const log = filled(4 * BLOCK, TOKENS['few different']!);
    const before = log.heldBytes;
    packed(log);
    // One page is for the different tokens of all blocks.
    expect(log.heldBytes).toBe(before / 2 + 4 * BLOCK);
    log.dropBelow(4 * BLOCK);
    expect(log.heldBytes).toBe(4 * BLOCK);
    expect(log.at(0)).toBe(0);
    expect([log.holdsFrom(0), log.holdsFrom(4 * BLOCK)]).toEqual([false, true]);
  });

  it('reads the same after every step of packing', () => {
    const tokenAt = TOKENS['new ones in every block']!;
    const log = filled(2 * BLOCK + 10, tokenAt);
    let steps = 0;
    for (const packing = log.packIncrementally(); packing.next().done !== true; steps++) {
      expect(differences(log, tokenAt, log.length)).toEqual([]);
    }
    expect(steps).toBeGreaterThan(4);
  });

  it('forgets whole pages only, packed or not', () => {
    fc.assert(
      fc.property(fc.nat(5 * BLOCK), fc.boolean(), (floor, isPacked) => {
        const tokenAt = TOKENS['few different']!;
        const log = filled(5 * BLOCK, tokenAt);
        if (isPacked) packed(log);
        log.dropBelow(floor);
        expect(log.holdsFrom(floor)).toBe(true);
        const seen = [floor, floor + 1, 5 * BLOCK - 1].filter((index) => index < 5 * BLOCK);
        expect(seen.map((index) => log.at(index))).toEqual(seen.map(tokenAt));
      }),
      { numRuns: 8 },
    );
  });
});
