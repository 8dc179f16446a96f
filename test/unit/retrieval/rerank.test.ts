import { describe, expect, it } from 'vitest';
import type { DefinitionMatch } from '../../../src/core/retrieval/definitionMatcher.ts';
import type { FusedChunk } from '../../../src/core/retrieval/fuse.ts';
import { rerank } from '../../../src/core/retrieval/rerank.ts';

const chunk = (path: string, score: number): FusedChunk => ({ path, ordinal: 0, score, legs: {} });
const NOTHING: DefinitionMatch = { name: 0, prefix: 0, words: 0, likeness: 0, kind: 0 };

function order(
  query: string,
  chunks: readonly FusedChunk[],
  matches: Readonly<Record<string, Partial<DefinitionMatch>>> = {},
): readonly string[] {
  const matchOf = ({ path }: FusedChunk): DefinitionMatch => ({ ...NOTHING, ...matches[path] });
  return rerank(query, chunks, matchOf).map(({ path }) => path);
}

describe('rerank', () => {
  it('keeps the order of chunks whose definitions say nothing', () => {
    expect(order('q', [chunk('b.ts', 1), chunk('a.ts', 1), chunk('c.ts', 0.5)])).toEqual([
      'b.ts',
      'a.ts',
      'c.ts',
    ]);
  });

  it.each(['name', 'prefix', 'words', 'likeness', 'kind'] as const)(
    'prefers a better match by %s',
    (feature) => {
      const chunks = [chunk('a.ts', 1), chunk('b.ts', 0.9)];
      expect(order('opens the front door', chunks, { 'b.ts': { [feature]: 1 } })).toEqual(['b.ts', 'a.ts']);
    },
  );

  it('looks at names alone where the query is hardly more than a name', () => {
    const chunks = [chunk('a.ts', 1), chunk('b.ts', 0.9)];
    expect(order('open door', chunks, { 'b.ts': { words: 1 } })).toEqual(['a.ts', 'b.ts']);
    expect(order('open door', chunks, { 'b.ts': { name: 1 } })).toEqual(['b.ts', 'a.ts']);
  });

  it('puts tests behind what they test, unless tests are asked for', () => {
    const chunks = [chunk('test/a.test.ts', 1), chunk('src/a.ts', 0.9)];
    expect(order('open the door', chunks)).toEqual(['src/a.ts', 'test/a.test.ts']);
    expect(order('tests of the door', chunks)).toEqual(['test/a.test.ts', 'src/a.ts']);
  });

  it('looks at the best fifty only', () => {
    const chunks = Array.from({ length: 60 }, (_, at) => chunk(`${at}.ts`, 1 - at / 100));
    const paths = order('q', chunks, { '49.ts': { name: 1, prefix: 1 }, '55.ts': { name: 1, prefix: 1 } });
    expect(paths[0]).toBe('49.ts');
    expect(paths.indexOf('55.ts')).toBe(55);
    expect(paths).toHaveLength(60);
  });
});
