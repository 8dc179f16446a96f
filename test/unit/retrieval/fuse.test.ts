import { describe, expect, it } from 'vitest';
import {
  DENSE_CUT,
  DENSE_WEIGHT,
  fuse as fuseFound,
  type FoundChunks,
} from '../../../src/core/retrieval/fuse.ts';

const fuse = (
  words: FoundChunks['hits'],
  vectors: FoundChunks['hits'],
  weights = { lexical: 1, dense: DENSE_WEIGHT },
) =>
  fuseFound([
    { name: 'lexical', hits: words, weight: weights.lexical },
    { name: 'dense', hits: vectors, weight: weights.dense, cut: DENSE_CUT },
  ]);

const hit = (path: string, score: number): { path: string; ordinal: number; score: number } => ({
  path,
  ordinal: 0,
  score,
});

describe('fuse', () => {
  it('keeps the order of a single leg', () => {
    expect(fuse([hit('a', 9), hit('b', 3)], []).map(({ path }) => path)).toEqual(['a', 'b']);
    expect(fuse([], [hit('a', 0.9), hit('b', 0.8)]).map(({ path }) => path)).toEqual(['a', 'b']);
    expect(fuse([], [])).toEqual([]);
  });

  it('adds the legs with their weights and keeps their own scores', () => {
    const [first, second] = fuse([hit('a', 10), hit('b', 9.95)], [hit('b', 0.8)]);
    expect(first).toMatchObject({ path: 'b', legs: { lexical: 9.95, dense: 0.8 } });
    expect(first?.score).toBeCloseTo(0.995 + DENSE_WEIGHT);
    expect(second?.legs).toEqual({ lexical: 10 });
  });

  it('never lets vectors alone overtake a strong match of words', () => {
    expect(fuse([hit('a', 10), hit('b', 5)], [hit('c', 0.99)]).map(({ path }) => path)).toEqual([
      'a',
      'b',
      'c',
    ]);
  });

  it('cuts dense hits far below the best, and those that point elsewhere', () => {
    expect(fuse([], [hit('a', 0.5), hit('b', 0.3)]).map(({ path }) => path)).toEqual(['a']);
    expect(fuse([], [hit('a', -0.1), hit('b', -0.2)])).toEqual([]);
  });

  it('leaves out a leg that is worth nothing', () => {
    const words = [hit('a', 10)];
    const vectors = [hit('b', 0.8)];
    expect(fuse(words, vectors, { lexical: 1, dense: 0 }).map(({ path }) => path)).toEqual(['a']);
    expect(fuse(words, vectors, { lexical: 0, dense: 1 }).map(({ path }) => path)).toEqual(['b']);
  });

  it('breaks ties by path', () => {
    expect(fuse([hit('b', 1), hit('a', 1)], []).map(({ path }) => path)).toEqual(['a', 'b']);
  });
});
