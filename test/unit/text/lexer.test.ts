import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  gapFor,
  gapOf,
  gapText,
  isWordCode,
  lex,
  LINE_BREAK,
  packToken,
  render,
  wordOf,
  type Token,
} from '../../../src/core/text/lexer.ts';
import { lineStarts } from '../../../src/core/text/lines.ts';
import { Vocabulary } from '../../../src/core/text/vocabulary.ts';

function tokensOf(text: string): readonly string[] {
  const words = new Vocabulary();
  return lex(text, words).flatMap((token) =>
    wordOf(token) === LINE_BREAK ? [] : [words.textOf(wordOf(token))],
  );
}

/** The text as the stream holds it, without the line break that begins every stream. */
function roundTrip(text: string): string {
  const words = new Vocabulary();
  return render(lex(text, words), (word) => words.textOf(word)).slice(1);
}

const gap = fc.oneof(
  fc.constant(''),
  fc.integer({ min: 0, max: 127 }).map((n) => ' '.repeat(n)),
  fc.integer({ min: 0, max: 127 }).map((n) => '\t'.repeat(n)),
);
const word = fc.oneof(
  fc.constantFrom(
    'const',
    'größe',
    '日本',
    '=>',
    '===',
    '(',
    '"',
    '\\',
    '$x',
    '_',
    '0x1F',
    '...',
    '🙂',
    '\0',
  ),
  fc.stringMatching(/^[!-~]+$/),
);
const line = fc
  .array(fc.tuple(gap, word), { maxLength: 12 })
  .map((parts) => parts.map(([space, text]) => space + text).join(''));
const ordinary = fc.array(line, { minLength: 1 }).map((lines) => lines.join('\n'));
const arbitrary = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(' ', '\t', '\r', '\n', 'a') }),
);

describe('render(lex(text))', () => {
  test('equals ordinary text', () => {
    fc.assert(
      fc.property(ordinary, (text) => {
        expect(roundTrip(text)).toBe(text);
      }),
    );
  });

  test('equals any text up to white space', () => {
    const squeezed = (text: string) => text.replace(/[ \t\r\n\v\f\ufeff]+/g, '');
    fc.assert(
      fc.property(arbitrary, (text) => {
        expect(squeezed(roundTrip(text))).toBe(squeezed(text));
      }),
    );
  });

  test('is stable', () => {
    fc.assert(
      fc.property(arbitrary, (text) => {
        const once = roundTrip(text);
        expect(roundTrip(once)).toBe(once);
      }),
    );
  });
});

describe('lines', () => {
  test('there is one line break a line, the first included', () => {
    const breaks = (text: string) =>
      lex(text, new Vocabulary()).filter((token) => wordOf(token) === LINE_BREAK).length;
    expect(['', 'a', 'a\n', '\n', 'a\r\nb', 'a\rb', 'a\r\r\nb\n\n'].map(breaks)).toEqual([
      1, 1, 2, 2, 2, 2, 5,
    ]);
  });

  test('line n begins at the n-th line break', () => {
    fc.assert(
      fc.property(arbitrary, (text) => {
        const words = new Vocabulary();
        const tokens = lex(text, words);
        const lines = text.split(/\r\n|\r|\n/);
        const starts = tokens.flatMap((token, at) => (wordOf(token) === LINE_BREAK ? [at] : []));
        expect(starts).toHaveLength(lines.length);
        starts.forEach((start, n) => {
          const content = tokens.slice(start + 1, starts[n + 1]).map((token) => words.textOf(wordOf(token)));
          expect(content.join('')).toBe(lines[n]?.replace(/[ \t\v\f\ufeff]+/g, ''));
        });
      }),
    );
  });

  test('indentation is the gap of the line break, blank lines have none', () => {
    const tokens = lex('  a\n\t\tb\n   \n', new Vocabulary());
    const gaps = tokens.filter((token) => wordOf(token) === LINE_BREAK).map((token) => gapText(gapOf(token)));
    expect(gaps).toEqual(['  ', '\t\t', '', '']);
  });

  test('line starts are those of the lexer, but for an empty last line', () => {
    fc.assert(
      fc.property(arbitrary, (text) => {
        const starts = lineStarts(text);
        const lines = text.split(/\r\n|\r|\n/);
        if (lines.at(-1) === '') lines.pop();
        expect(starts.map((start, n) => text.slice(start, starts[n + 1]).replace(/[\r\n]+$/, ''))).toEqual(
          lines,
        );
      }),
    );
  });
});

describe('tokens', () => {
  test.each<[string, readonly string[]]>([
    ['a===b', ['a', '===', 'b']],
    ['a==-1', ['a', '==', '-', '1']],
    ['x?.y ?? z', ['x', '?.', 'y', '??', 'z']],
    ['f(...args) => {}', ['f', '(', '...', 'args', ')', '=>', '{', '}']],
    ['a>>>=1', ['a', '>>', '>=', '1']],
    ['std::vec<-1', ['std', '::', 'vec', '<-', '1']],
    ['/* x */ // y', ['/*', 'x', '*/', '//', 'y']],
    ['snake_case $dollar camelCase1', ['snake_case', '$dollar', 'camelCase1']],
    ['größe日本=Ω', ['größe日本', '=', 'Ω']],
    ["'it''s'", ["'", 'it', "'", "'", 's', "'"]],
    ['#include <a.h>', ['#', 'include', '<', 'a', '.', 'h', '>']],
  ])('of %j', (text, expected) => {
    expect(tokensOf(text)).toEqual(expected);
  });

  test('white space never becomes a token', () => {
    expect(tokensOf(' \t\v\f\ufeff a \t')).toEqual(['a']);
  });

  test('are appended to a given list', () => {
    const words = new Vocabulary();
    const tokens: Token[] = lex('a', words);
    expect(lex('b', words, tokens)).toBe(tokens);
    expect(tokens.map(wordOf)).toEqual([0, 1, 0, 2]);
  });
});

describe('packing', () => {
  test('keeps word and gap apart over their whole ranges', () => {
    fc.assert(
      fc.property(fc.nat({ max: 0xffffff }), fc.nat({ max: 0xff }), (id, space) => {
        const token = packToken(id, space);
        expect([wordOf(token), gapOf(token)]).toEqual([id, space]);
      }),
    );
  });

  test('rounds white space that has no gap of its own', () => {
    expect(gapFor(0, 500)).toBe(127);
    expect(gapText(gapFor(500, 0))).toBe('\t'.repeat(127));
    expect(gapText(gapFor(1, 3))).toBe('    ');
    expect(gapText(gapFor(0, 0))).toBe('');
  });
});

test('letters of any script, digits, _ and $ make words', () => {
  const isWord = (sign: string) => isWordCode(sign.charCodeAt(0));
  expect(['a', 'Z', '0', '_', '$', 'ä', '日', '🙂'].every(isWord)).toBe(true);
  expect([' ', '-', '.', '"', '@', '\n', '\0', '\x7f', ''].some(isWord)).toBe(false);
});
