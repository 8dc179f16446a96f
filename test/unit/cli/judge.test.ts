import { expect, test } from 'vitest';
import { judge } from '../../bench/chunkers/judge.mjs';

const text = 'class A {\n  f() {\n    a\n    b\n  }\n\n  g() {\n    c\n  }\n}\n';
const [f, g] = [text.indexOf('f()'), text.indexOf('g()')];
const constructs = [f, text.indexOf('}', f) + 1, g, text.indexOf('}', g) + 1];

function judged(...pieces: readonly { startLine: number; endLine: number; text: string }[]) {
  return judge([{ path: 'a.ts', text, pieces }], () => constructs);
}

test('one piece that is everything misses nothing', () => {
  const verdict = judged({ startLine: 1, endLine: 10, text });
  expect(verdict).toEqual({ pieces: 1, constructs: 2, keptWhole: 1, linesMissing: 0 });
});

test('pieces may begin and end within a line', () => {
  const method = text.slice(f, text.indexOf('}', f) + 1);
  expect(judged({ startLine: 2, endLine: 5, text: method })).toMatchObject({
    keptWhole: 0.5,
    linesMissing: 5 / 9,
  });
});

test('what a piece leaves out of its lines is not in it', () => {
  const elided = 'class A {\n  f() { ... }\n\n  g() { ... }\n}';
  expect(judged({ startLine: 1, endLine: 10, text: elided })).toMatchObject({ keptWhole: 0 });
});

test('no pieces keep nothing', () => {
  expect(judged()).toEqual({ pieces: 0, constructs: 2, keptWhole: 0, linesMissing: 1 });
});
