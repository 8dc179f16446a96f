import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { proportion } from '../../../src/core/signals/proportion.ts';

describe('proportion', () => {
  // Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('%i of %i', (count, of, low, high) => {
    const interval = proportion(count, of);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  test('of nothing says nothing', () => {
    expect(proportion(0, 0)).toEqual({ count: 0, of: 0, low: 0, high: 1 });
  });

  test('holds the share, within 0 and 1, and is symmetric', () => {
    const counts = fc
      .integer({ min: 1, max: 5000 })
      .chain((of) => fc.tuple(fc.nat({ max: of }), fc.constant(of)));
    fc.assert(
      fc.property(counts, ([count, of]) => {
        const { low, high } = proportion(count, of);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(count / of);
        expect(high).toBeGreaterThanOrEqual(count / of);
        expect(proportion(of - count, of).low).toBeCloseTo(1 - high, 9);
      }),
    );
  });
});
