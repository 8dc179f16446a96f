import { afterEach, expect, test } from 'vitest';
import type { Passage } from '../../../src/bench/baselines/passage.ts';
import { Fts5Ranking, fts5Query } from '../../../src/bench/fts5File.ts';

let open: Fts5Ranking | undefined;
afterEach(() => open?.close());

function ranked(query: string, ...texts: readonly string[]): readonly string[] {
  open = new Fts5Ranking(
    texts.map((text, at): Passage => ({ path: `${at}`, startLine: 1, endLine: 1, text })),
  );
  return open.search(query, 10).map(({ path }) => path);
}

test('any word finds, rarer ones and short passages first', () => {
  expect(ranked('gate bell', 'gate one two three', 'gate bell', 'door')).toEqual(['1', '0']);
});

test('signs and operators of its query language are words like any other', () => {
  expect(fts5Query('a AND (b) OR "c" NEAR d*')).toBe('"a" OR "and" OR "b" OR "or" OR "c" OR "near" OR "d"');
  expect(ranked('NOT "(', 'not', 'other')).toEqual(['0']);
});

test('a query without words finds nothing', () => {
  expect(ranked('?! *', 'gate')).toEqual([]);
});

test('equal passages come in the order given', () => {
  expect(ranked('gate', 'gate', 'gate', 'gate')).toEqual(['0', '1', '2']);
});
