import { expect, test } from 'vitest';
import { linesOfConstructs } from '../../../src/bench/linesOfConstructs.ts';

const text = 'f() {\n  a\n}\n\ng() {\n  b\n  c\n}\n';

test('gives the lines of the constructs that fit', () => {
  const constructs = [0, 11, 13, 28];
  expect(linesOfConstructs(text, constructs, (_, lines) => lines < 4)).toEqual([
    { startLine: 1, endLine: 3 },
  ]);
  expect(linesOfConstructs(text, constructs, () => true)).toEqual([
    { startLine: 1, endLine: 3 },
    { startLine: 5, endLine: 8 },
  ]);
});

test('measures whole lines, with their line breaks', () => {
  const asked: number[] = [];
  linesOfConstructs(text, [2, 8], (chars) => asked.push(chars) > 0);
  expect(asked).toEqual(['f() {\n  a\n'.length]);
});
