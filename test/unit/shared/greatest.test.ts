import { expect, test } from 'vitest';
import { greatest, least } from '../../../src/core/shared/greatest.ts';

test('the greatest and the least of some, and of none', () => {
  expect([greatest([3, 9, -1]), least([3, 9, -1])]).toEqual([9, -1]);
  expect([greatest([], 4), least([], 4)]).toEqual([4, 4]);
  expect([greatest([3, 9], 10), least([3, 9], 1)]).toEqual([10, 1]);
  expect([greatest([]), least([])]).toEqual([-Infinity, Infinity]);
});

test('attack: of a million', () => {
  const many = new Float64Array(1_000_000).fill(1);
  expect([greatest(many), least(many)]).toEqual([1, 1]);
});
