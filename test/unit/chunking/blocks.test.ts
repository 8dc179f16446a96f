import { expect, test } from 'vitest';
import { findBlocks } from '../../../src/core/chunking/blocks.ts';
import { lineShapes } from '../../../src/core/chunking/lineShapes.ts';

/** First and last lines of the blocks, counted from 1, and whether indentation can be believed. */
function blocksOf(...lines: readonly string[]) {
  const text = lines.join('\n');
  const { ends, isPlain } = findBlocks(text, lineShapes(text));
  return { blocks: rangesOf(ends), isPlain };
}

/** First and last lines of the parts of blocks, counted from 1. */
function partsOf(...lines: readonly string[]) {
  const text = lines.join('\n');
  return rangesOf(findBlocks(text, lineShapes(text)).partEnds);
}

function rangesOf(ends: Uint32Array): readonly string[] {
  return [...ends].flatMap((end, line) => (end > 0 ? [`${line + 1}-${end + 1}`] : []));
}

test.each([
  ['a block and its closing bracket', ['f() {', '  a', '', '  b', '}', 'g()'], ['1-5']],
  [
    'blocks in blocks',
    ['class A {', '  f() {', '    a', '  }', '  g() {', '    b', '  }', '}'],
    ['1-8', '2-4', '5-7'],
  ],
  ['branches', ['if (a) {', '  b', '} else {', '  c', '}'], ['1-5']],
  [
    'braces on lines of their own',
    ['void F()', '{', '  a', '}', 'void G()', '{', '  b', '}'],
    ['1-4', '5-8'],
  ],
  ['indentation alone', ['def f():', '    a', '', 'def g():', '    b'], ['1-2', '4-5']],
  [
    'labels at the depth of their switch',
    ['switch (a) {', 'case 1:', '  b', 'case 2:', '  c', '}'],
    ['1-6', '2-3', '4-5'],
  ],
  [
    'visibility at the depth of its class',
    ['class A {', 'public:', '  f();', 'private:', '  int a;', '};'],
    ['1-6', '2-3', '4-5'],
  ],
  ['a list that closes at its end', ['f(a, [', '  b,', '  c])', 'g()'], ['1-3']],
  ['comments and directives at the margin', ['f() {', '  a', '#if X', '  b', '// c', '  d', '}'], ['1-7']],
  ['labels with braces of their own', ['switch (a) {', '  case 1: {', '    b', '  }', '}'], ['1-5', '2-4']],
  [
    'such labels at the depth of their switch',
    ['switch (a) {', 'case 1: {', '  b', '}', 'case 2: {', '  c', '}', '}'],
    ['1-8', '2-4', '5-7'],
  ],
  ['items at the depth of their name', ['a:', '- b: 1', '  c: 2', '- d', 'e:', '- f'], ['1-4', '2-3', '5-6']],
  ['comments that end in a bracket', ['// As in f(', 'a', 'b', '# or [', 'c'], []],
  ['code behind a comment', ['/** @type {A} */ ({', '  a', '})', 'b'], ['1-3']],
  ['brackets deeper than what they end', ['a = b', '  ? {', '      c', '    }', '  : d'], ['1-5', '2-4']],
  [
    'words that only look like ends',
    ['f() {', '  const end = 1', '  end = done(a)', '  done(b)', '}'],
    ['1-5'],
  ],
  ['an end below which a comment stands', ['def f', '  a', 'end', '', '-- b', 'c'], ['1-3']],
  [
    'heads over several lines, with what is in them as deep as their last',
    ['if (a &&', '    b) {', '    c', '    d', '}', 'e'],
    ['1-5'],
  ],
  ['calls on a line of their own', ['a = b', '    .map((c) => {', '    d', '    e', '})', 'f'], ['1-5']],
  ['heads whose bracket ends in a line with a name', ['set a(', 'b) {', '  c', '}', 'd'], ['1-4']],
  ['private methods', ['class A {', '  #f() {', '    a', '  }', '  #g = 1', '}'], ['1-6', '2-4']],
  [
    'elements that begin with a brace alone',
    ['[', '  {', '    a', '  },', '  {', '    b', '  },', ']'],
    ['1-8', '2-4', '5-7'],
  ],
  ['comments over several lines', ['/**', ' * a', ' */', '/* b */', 'c'], ['1-3']],
  ['nothing', ['', ''], []],
])('finds %s', (_, lines, blocks) => {
  expect(blocksOf(...lines)).toEqual({ blocks, isPlain: true });
});

test.each([
  ['code that is not indented', ['f() {', 'a', '}']],
  ['text at the margin inside a function', ['f() {', '  a = `', 'text', '`', '}', 'g()']],
  ['text at the margin inside a method', ['class A', '{', '  f()', '  {', '    a = "', 'text";', '  }', '}']],
  [
    'text at the margin of a language with ends',
    ['class A', '  def f', '    a <<X', 'text', 'X', '  end', 'end'],
  ],
  ['braces below which nothing is indented', ['void f()', '{', 'a', '}']],
])('does not believe the indentation of %s', (_, lines) => {
  expect(blocksOf(...lines).isPlain).toBe(false);
});

test.each([
  [
    'branches',
    ['if (a) {', '  b', '} else if (c) {', '  d', '} else {', '  e', '}', 'f'],
    ['1-3', '3-5', '5-7'],
  ],
  ['branches without brackets', ['if a', '  b', 'else', '  c', 'end'], ['1-2', '3-4']],
  ['what closes once', ['f() {', '  a', '}'], ['1-3']],
  ['what never closes', ['def f():', '  a'], []],
])('finds the parts of %s', (_, lines, parts) => {
  expect(partsOf(...lines)).toEqual(parts);
});
