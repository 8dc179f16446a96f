import { describe, expect, it } from 'vitest';
import { crossValidate } from '../../../src/bench/crossValidation.ts';

describe('crossValidate', () => {
  it('measures on each fold the setting that is best on the others', () => {
    const good = Array.from({ length: 23 }, () => [1, 0.5]);
    const bad = Array.from({ length: 23 }, () => [0.5, 0.5]);
    const result = crossValidate({ bad, good }, 1);
    expect(result).toEqual({
      folds: 5,
      mean: [1, 0.5],
      deviation: [0, 0],
      chosen: Array.from({ length: 5 }, () => 'good'),
    });
  });

  it('never lets a fold choose for itself', () => {
    // Each setting is right in a single case, so whatever is chosen without the fold of that case is wrong there.
    const measured = Object.fromEntries(
      Array.from({ length: 5 }, (_, right) => [
        `right at ${right}`,
        Array.from({ length: 5 }, (_, at) => [at === right ? 1 : 0]),
      ]),
    );
    for (const seed of [1, 2, 3]) expect(crossValidate(measured, seed).mean).toEqual([0]);
  });

  it('deals the same folds for the same seed, and others for another', () => {
    const measured = { only: Array.from({ length: 20 }, (_, at) => [at]) };
    expect(crossValidate(measured, 4)).toEqual(crossValidate(measured, 4));
    expect(crossValidate(measured, 4).deviation).not.toEqual(crossValidate(measured, 5).deviation);
    expect(crossValidate(measured, 4).mean[0]).toBeCloseTo(9.5);
  });
});
