import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  brierScore,
  calibrationError,
  precisionAtShowRate,
  type RatedGuess,
  reliabilityTable,
} from '../../../../src/evals/metrics/calibration.ts';

const guess = (confidence: number, isRight: boolean): RatedGuess => ({ confidence, isRight });
const guesses = fc.array(
  fc.record({ confidence: fc.double({ min: 0, max: 1, noNaN: true }), isRight: fc.boolean() }),
  {
    minLength: 1,
    maxLength: 60,
  },
);

describe('calibration', () => {
  test('has the error of each bin weighted by its guesses', () => {
    // Two bins, as equally sure guesses stay together: 4 at 0.9 of which 3 are right, 2 at 0.2 of which none is.
    const sure = [guess(0.9, true), guess(0.9, true), guess(0.9, true), guess(0.9, false)];
    const unsure = [guess(0.2, false), guess(0.2, false)];
    const error = (4 * Math.abs(0.9 - 0.75) + 2 * Math.abs(0.2 - 0)) / 6;
    expect(calibrationError([...sure, ...unsure])).toBeCloseTo(error, 12);
    expect(reliabilityTable([...sure, ...unsure])).toEqual([
      { n: 2, from: 0.2, to: 0.2, confidence: 0.2, right: 0 },
      { n: 4, from: 0.9, to: 0.9, confidence: expect.closeTo(0.9, 12) as number, right: 0.75 },
    ]);
  });

  test('has ten bins of equal mass where confidences differ', () => {
    const table = reliabilityTable(Array.from({ length: 40 }, (_, at) => guess(at / 40, at % 2 === 0)));
    expect(table.map(({ n }) => n)).toEqual(Array.from({ length: 10 }, () => 4));
    expect(table[0]).toEqual({
      n: 4,
      from: 0,
      to: 3 / 40,
      confidence: expect.closeTo(1.5 / 40, 12) as number,
      right: 0.5,
    });
  });

  test('is perfect when what is said comes true', () => {
    const fair = Array.from({ length: 10 }, (_, at) => guess(0.7, at < 7));
    expect(calibrationError(fair)).toBeCloseTo(0, 12);
    // A forecast of 0.7 cannot do better: 0.7 · 0.3² + 0.3 · 0.7².
    expect(brierScore(fair)).toBeCloseTo(0.21, 12);
  });

  // The example of scikit-learn's `brier_score_loss`: outcomes 0, 1, 1, 0 forecast as 0.1, 0.9, 0.8, 0.3.
  test('has the Brier score of the textbook', () => {
    const forecast = [guess(0.1, false), guess(0.9, true), guess(0.8, true), guess(0.3, false)];
    expect(brierScore(forecast)).toBeCloseTo(0.0375, 12);
  });

  test('says nothing of no guesses', () => {
    expect(reliabilityTable([])).toEqual([]);
    expect(calibrationError([])).toBeUndefined();
    expect(brierScore([])).toBeUndefined();
  });

  test('takes every guess into one bin, whatever their order', () => {
    fc.assert(
      fc.property(guesses, (given) => {
        const table = reliabilityTable(given);
        expect(table.reduce((sum, { n }) => sum + n, 0)).toBe(given.length);
        expect(table.length).toBeLessThanOrEqual(10);
        const reversed = calibrationError(given.toReversed()) ?? 0;
        expect(reversed).toBeCloseTo(calibrationError(given) ?? 0, 9);
      }),
    );
  });
});

describe('precision at a show rate', () => {
  const given = [guess(0.9, true), guess(0.8, false), guess(0.7, true), guess(0.1, false)];

  test('is that of the surest guesses', () => {
    // Of 8 places: 12.5 % is one guess, 25 % two, 37.5 % three.
    expect([1, 2, 3, 4].map((shown) => precisionAtShowRate(given, 8, shown / 8))).toEqual([
      1,
      1 / 2,
      2 / 3,
      1 / 2,
    ]);
  });

  test('is not known where there are fewer guesses', () => {
    expect(precisionAtShowRate(given, 8, 5 / 8)).toBeUndefined();
    expect(precisionAtShowRate([], 8, 0.1)).toBeUndefined();
    expect(precisionAtShowRate(given, 0, 0.5)).toBeUndefined();
  });

  test('takes equally sure guesses at the border by their share right', () => {
    // One at 0.9; of the three at 0.5 two fit, of which 2 · 1/3 are right.
    const tied = [guess(0.5, true), guess(0.9, true), guess(0.5, false), guess(0.5, false)];
    expect(precisionAtShowRate(tied, 6, 0.5)).toBeCloseTo((1 + 2 / 3) / 3, 12);
  });

  test('does not depend on the order of the guesses', () => {
    fc.assert(
      fc.property(guesses, fc.double({ min: 0.05, max: 1, noNaN: true }), (some, rate) => {
        const value = precisionAtShowRate(some, some.length, rate);
        expect(precisionAtShowRate(some.toReversed(), some.length, rate)).toBe(value);
      }),
    );
  });
});
