import { expect, test } from 'vitest';
import { lineShapes } from '../../../src/core/chunking/lineShapes.ts';
import { nestedShapes } from '../../../src/core/chunking/nestedShapes.ts';

/** How deep each line is nested when these parts of the text are constructs. */
function depths(text: string, ...parts: readonly string[]): readonly number[] {
  const constructs = parts.flatMap((part) => [text.indexOf(part), text.indexOf(part) + part.length]);
  return [...nestedShapes(text, lineShapes(text), constructs).indents];
}

test('lines that go on with a construct are deeper, the bracket that ends it is not', () => {
  const text = 'f(\n1,\n2\n)\ng()\n';
  expect(depths(text, 'f(\n1,\n2\n)')).toEqual([0, 1, 1, 0, 0]);
});

test('constructs that begin on one line are one level together', () => {
  const text = 'a(b(\n1\n))\nc\n';
  expect(depths(text, 'a(b(\n1\n))', 'b(\n1\n)')).toEqual([0, 1, 0, 0]);
});

test('constructs in constructs add up', () => {
  const text = 'f {\ng {\na\n}\n}\n';
  expect(depths(text, 'f {\ng {\na\n}\n}', 'g {\na\n}')).toEqual([0, 1, 2, 1, 0]);
});

test('comments below a construct are not in it though the grammar says so', () => {
  const text = 'def f =\na\n\n/** Says what g does. */\ndef g = b\n';
  expect(depths(text, 'def f =\na\n\n/** Says what g does. */\n')).toEqual([0, 1, 0, 0, 0]);
});

test('a comment that ends what it is in is in it', () => {
  const text = 'case 1:\na\n// Done.\nb\n';
  expect(depths(text, 'case 1:\na\n// Done.')).toEqual([0, 1, 1, 0]);
});
