import { expect, test } from 'vitest';
import { Bm25Ranking } from '../../../../src/bench/retrievalBaselines.ts';
import { subTokenWords, wholeWords } from '../../../../src/bench/baselines/terms.ts';
import type { Passage } from '../../../../src/bench/baselines/passage.ts';
import { lineWindows } from '../../../../src/bench/baselines/passage.ts';

const passages = (...texts: readonly string[]): readonly Passage[] =>
  texts.map((text, at) => ({ path: `${at}`, startLine: 1, endLine: 1, text }));

const ranked = (ranking: Bm25Ranking, query: string, count = 10) =>
  ranking.search(query, count).map(({ path }) => path);

test('whole words keep identifiers whole', () => {
  expect(wholeWords('parseJson(raw_text, $x2)')).toEqual(['parsejson', 'raw_text', '$x2']);
  expect(wholeWords('')).toEqual([]);
});

test('sub-tokens are the parts beside the whole', () => {
  expect(subTokenWords('parseJSONText raw_text2')).toEqual([
    'parsejsontext',
    'parse',
    'json',
    'text',
    'raw_text2',
    'raw',
    'text',
    '2',
  ]);
  expect(subTokenWords('plain Größe')).toEqual(['plain', 'größe']);
});

test('BM25 worked by hand', () => {
  // Lengths 2, 1, 3: mean 2. `gate` is in two of three: log(1 + 1.5 / 2.5) = 0.470.
  // First: 2.2 / (1 + 1.2) = 1. Third, twice in a longer one: 4.4 / (2 + 1.2 · (0.25 + 0.75 · 1.5)) = 1.205.
  const ranking = new Bm25Ranking(passages('gate bell', 'door', 'gate gate lock'), wholeWords);
  expect(ranked(ranking, 'gate')).toEqual(['2', '0']);
  // `bell` is rarer, log(1 + 2.5 / 1.5) = 0.981: 0.470 + 0.981 beats 1.205 · 0.470.
  expect(ranked(ranking, 'gate bell')).toEqual(['0', '2']);
});

test('equal passages come in the order given, and no more than asked for', () => {
  const ranking = new Bm25Ranking(passages('gate', 'gate', 'gate'), wholeWords);
  expect(ranked(ranking, 'gate', 2)).toEqual(['0', '1']);
});

test('what no passage has finds nothing', () => {
  expect(ranked(new Bm25Ranking(passages('gate'), wholeWords), 'bell')).toEqual([]);
  expect(ranked(new Bm25Ranking([], wholeWords), 'bell')).toEqual([]);
});

test('whole words miss what sub-tokens find', () => {
  const texts = passages('openGate()', 'closeDoor()');
  expect(ranked(new Bm25Ranking(texts, wholeWords), 'gate')).toEqual([]);
  expect(ranked(new Bm25Ranking(texts, subTokenWords), 'gate')).toEqual(['0']);
});

test('windows of forty lines tile the text', () => {
  const text = Array.from({ length: 85 }, (_, at) => `line ${at + 1}`).join('\r\n');
  const windows = lineWindows({ path: 'a.ts', text });
  expect(windows.map(({ startLine, endLine }) => [startLine, endLine])).toEqual([
    [1, 40],
    [41, 80],
    [81, 85],
  ]);
  expect(windows.map((window) => window.text).join('')).toBe(text);
});
