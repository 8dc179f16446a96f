import { describe, expect, it } from 'vitest';
import type { DefinitionMatch } from '../../../../src/core/retrieval/definitionMatcher.ts';
import type { FusedChunk } from '../../../../src/core/retrieval/fuse.ts';
import { readQuestion } from '../../../../src/core/retrieval/ranking/question.ts';
import { LOOKED_AT, rankPlaces } from '../../../../src/core/retrieval/ranking/rankPlaces.ts';
import { RANKING_WEIGHTS } from '../../../../src/core/retrieval/ranking/rankingWeights.ts';

const chunk = (path: string, score: number, ordinal = 0): FusedChunk => ({ path, ordinal, score, legs: {} });
const NOTHING: DefinitionMatch = { name: 0, prefix: 0, words: 0, likeness: 0, kind: 0, defined: 0 };

function ranked(
  query: string,
  chunks: readonly FusedChunk[],
  matches: Readonly<Record<string, Partial<DefinitionMatch>>> = {},
  known = '',
): readonly FusedChunk[] {
  const question = readQuestion(query, { definesName: (name) => name === known, hasName: () => false });
  const matchOf = ({ path }: FusedChunk): DefinitionMatch => ({ ...NOTHING, ...matches[path] });
  return rankPlaces(question, chunks, matchOf, RANKING_WEIGHTS[question.askedFor]);
}

const order = (...given: Parameters<typeof ranked>): readonly string[] =>
  ranked(...given).map(({ path }) => path);

describe('rankPlaces', () => {
  it('keeps the order of places that nothing else is known of', () => {
    expect(order('q', [chunk('b.ts', 1), chunk('a.ts', 1), chunk('c.ts', 0.5)])).toEqual([
      'b.ts',
      'a.ts',
      'c.ts',
    ]);
    expect(order('q', [])).toEqual([]);
  });

  it.each(['name', 'prefix', 'words', 'likeness', 'kind'] as const)(
    'prefers a better match by %s where a definition is described, and not where a question is asked',
    (feature) => {
      const chunks = [chunk('a.ts', 1), chunk('b.ts', 0.9)];
      const matches = { 'b.ts': { [feature]: 1 } };
      expect(order('opens the front gate', chunks, matches)).toEqual(['b.ts', 'a.ts']);
      expect(order('how is the front gate opened?', chunks, matches)).toEqual(['a.ts', 'b.ts']);
    },
  );

  it('prefers the file whose name is in the question', () => {
    const chunks = [chunk('core/engine.ts', 1), chunk('core/boarding_gate.ts', 0.8)];
    expect(order('how are boarding gates opened?', chunks)[0]).toBe('core/boarding_gate.ts');
  });

  it('prefers the definition of a name to what only uses it', () => {
    const chunks = [chunk('uses.ts', 1), chunk('ferry.ts', 0.8)];
    expect(order('Ferry', chunks, { 'ferry.ts': { defined: 1 } }, 'Ferry')[0]).toBe('ferry.ts');
  });

  it.each([
    ['test/gate.test.ts', 'tests of how gates open'],
    ['examples/opening.ts', 'examples of how gates open'],
    ['gates.drawio', 'a diagram of how gates open'],
    ['gates.csv', 'the csv of how gates open'],
    ['opening.yaml', 'settings of how gates open'],
  ])('passes over %s unless it is asked for', (aside, wanted) => {
    const chunks = [chunk(aside, 1), chunk('src/opening.ts', 0.9)];
    expect(order('opening of all the gates', chunks)[0]).toBe('src/opening.ts');
    expect(order(wanted, [chunk(aside, 1), chunk('src/other.ts', 0.5)])[0]).toBe(aside);
  });

  it('puts code before data and data before lock files', () => {
    const chunks = [chunk('yarn.lock', 1), chunk('list.json', 0.9), chunk('src/a.ts', 0.7)];
    expect(order('names of all open ports', chunks)).toEqual(['src/a.ts', 'list.json', 'yarn.lock']);
  });

  it('puts a declaration behind what defines it, and an old version behind the new one', () => {
    expect(order('opening of the front gate', [chunk('a/gate.h', 1), chunk('a/gate.c', 0.9)])[0]).toBe(
      'a/gate.c',
    );
    expect(order('opening of the front gate', [chunk('v3/a.ts', 1), chunk('v4/b.ts', 0.9)])[0]).toBe(
      'v4/b.ts',
    );
    expect(order('opening of the front door', [chunk('v3/a.ts', 1), chunk('x/b.ts', 0.9)])[0]).toBe(
      'v3/a.ts',
    );
  });

  it('puts the copy that a folder of an old version keeps behind what it has become', () => {
    expect(order('opening of the front gate', [chunk('a/v1/gate.py', 1), chunk('a/gate.py', 0.9)])[0]).toBe(
      'a/gate.py',
    );
    expect(order('Gate', [chunk('v1/gate.py', 1), chunk('gate.py', 0.95)], {}, 'Gate')[0]).toBe('gate.py');
    expect(order('opening of the front gate', [chunk('a/v1/gate.py', 1), chunk('b/gate.py', 0.9)])[0]).toBe(
      'a/v1/gate.py',
    );
  });

  it('shows more files where a topic is named, and more of a file where a definition is described', () => {
    const chunks = [chunk('a.ts', 1), chunk('a.ts', 0.9, 1), chunk('b.ts', 0.75)];
    expect(order('locking of the front gates', chunks)).toEqual(['a.ts', 'b.ts', 'a.ts']);
    expect(order('locks the front gate of', chunks)).toEqual(['a.ts', 'a.ts', 'b.ts']);
  });

  it('shows a file by its best place first', () => {
    const hits = ranked('locking of the front gates', [chunk('a.ts', 1, 3), chunk('a.ts', 0.5, 0)]);
    expect(hits.map(({ ordinal }) => ordinal)).toEqual([3, 0]);
  });

  it('gives scores above 0 that fall along the list, and looks at the best only', () => {
    const chunks = Array.from({ length: LOOKED_AT + 5 }, (_, at) =>
      chunk(`test/${at}.test.ts`, 1 - at / 200),
    );
    const last = `test/${LOOKED_AT + 2}.test.ts`;
    const hits = ranked('opening of the front gate', chunks, { [last]: { name: 1, prefix: 1 } });
    expect(hits).toHaveLength(chunks.length);
    expect(hits[LOOKED_AT + 2]?.path).toBe(last);
    const scores = hits.map(({ score }) => score);
    expect(Math.min(...scores)).toBeGreaterThan(0);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  });
});
