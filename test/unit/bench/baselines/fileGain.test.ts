import { expect, it } from 'vitest';
import { fileGain } from '../../../../src/bench/baselines/fileGain.ts';
import { rankedByRules } from '../../../../src/bench/baselines/plainRules.ts';

const places = (...paths: readonly string[]) => paths.map((path) => ({ path }));
const scored = (path: string, score: number) => ({
  passage: { path, startLine: 1, endLine: 2, text: '' },
  score,
});

it('fileGain counts files once, and places as they come', () => {
  expect(fileGain(places('a', 'b'), new Set(['a']))).toEqual({ file: 1, chunk: 1 });
  const late = fileGain(places('b', 'b', 'a'), new Set(['a']));
  expect(late.file).toBeCloseTo(1 / Math.log2(3));
  expect(late.chunk).toBeCloseTo(1 / Math.log2(4));
  const two = fileGain(places('a', 'a', 'b'), new Set(['a', 'b']));
  expect(two.file).toBeCloseTo(1);
  expect(two.chunk).toBeCloseTo((1 + 1 / Math.log2(4)) / (1 + 1 / Math.log2(3)));
  expect(fileGain(places('b'), new Set(['a']))).toEqual({ file: 0, chunk: 0 });
});

it('rankedByRules prefers names, and puts tests and second places behind', () => {
  const ranked = rankedByRules('open gate', [
    scored('test/x.ts', 1),
    scored('a.ts', 0.9),
    scored('a.ts', 0.8),
    scored('gate.ts', 0.7),
  ]);
  expect(ranked.map(({ path }) => path)).toEqual(['gate.ts', 'a.ts', 'a.ts', 'test/x.ts']);
});
