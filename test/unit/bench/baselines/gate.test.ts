import { expect, test } from 'vitest';
import { crossFittedGate, fitLogistic, logistic } from '../../../../src/bench/baselines/crossFittedGate.ts';
import { mostShownAt, pointAt } from '../../../../src/evals/metrics/calibration.ts';

const repeated = (times: number, features: readonly number[], isRight: boolean) =>
  Array.from({ length: times }, () => ({ features, isRight }));

test('a gate that knows nothing but how often guesses are right says just that', () => {
  const weights = fitLogistic([...repeated(30, [1], true), ...repeated(10, [1], false)]);
  expect(weights[0]).toBeCloseTo(Math.log(3), 5);
  expect(logistic(weights, [1])).toBeCloseTo(0.75, 6);
});

test('a gate learns from a feature what it is worth', () => {
  const weights = fitLogistic([
    ...repeated(800, [1, 1], true),
    ...repeated(200, [1, 1], false),
    ...repeated(200, [1, 0], true),
    ...repeated(800, [1, 0], false),
  ]);
  expect(logistic(weights, [1, 1])).toBeCloseTo(0.8, 1);
  expect(logistic(weights, [1, 0])).toBeCloseTo(0.2, 1);
});

test('features that always tell right from wrong do not run away', () => {
  const weights = fitLogistic([...repeated(20, [1, 1], true), ...repeated(20, [1, 0], false)]);
  expect(weights.every((weight) => Math.abs(weight) < 20)).toBe(true);
  expect(fitLogistic([])).toEqual([]);
});

test('no file judges its own guesses', () => {
  // Only in the last file is the feature a sign of being right; a gate fitted without it cannot know.
  const others = Array.from({ length: 40 }, (_, at) => ({
    path: `${at}.ts`,
    features: [1, at % 2],
    isRight: at % 2 === 0,
  }));
  const odd = { path: 'odd.ts', features: [1, 1], isRight: true };
  expect(crossFittedGate([...others, odd], 1).at(-1)).toBeLessThan(0.2);
});

const guesses = [
  { confidence: 0.9, isRight: true },
  { confidence: 0.8, isRight: true },
  { confidence: 0.7, isRight: false },
  { confidence: 0.6, isRight: true },
  { confidence: 0.5, isRight: false },
  { confidence: 0.5, isRight: false },
];

test('a threshold shows what reaches it', () => {
  expect(pointAt(guesses, 10, 0.7)).toEqual({ threshold: 0.7, shown: 0.3, precision: 2 / 3 });
  expect(pointAt(guesses, 10, 0.95)).toEqual({ threshold: 0.95, shown: 0, precision: null });
});

test('shows as much as the precision allows, past a wrong guess in between', () => {
  expect(mostShownAt(guesses, 10, 0.75)).toEqual({ threshold: 0.6, shown: 0.4, precision: 0.75 });
  expect(mostShownAt(guesses, 10, 0.9)).toMatchObject({ threshold: 0.8, shown: 0.2 });
});

test('equally sure guesses are shown together or not at all', () => {
  const equal = [
    { confidence: 0.5, isRight: true },
    { confidence: 0.5, isRight: false },
  ];
  expect(mostShownAt(equal, 2, 0.66)).toMatchObject({ shown: 0, precision: null });
});
