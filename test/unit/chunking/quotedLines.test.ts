import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quotedLines } from '../../../src/core/chunking/quotedLines.ts';
import { lineStarts } from '../../../src/core/text/lines.ts';
import { anyText } from './anyText.ts';

/** A letter for each line: `t` begins inside of text, `c` inside of a comment, `-` inside of neither. */
function quotedIn(text: string, path = 'a.ts'): string | undefined {
  const lines = quotedLines(path, text, [...lineStarts(text), text.length]);
  return lines && Array.from(lines, (quoted) => '-tc'[quoted] ?? '?').join('');
}

const B = '`';

describe('finds the lines that begin inside of text', () => {
  test.each([
    ['a template', `a = ${B}\nb\n${B}, c\nd`, '-tt-'],
    ['a template after another', `${B}a${B}\n${B}b\nc${B}\nd`, '--t-'],
    ['a template with code in it', `${B}a\${\nb({ c: 1 }) +\nd}\ne${B}\nf`, '---t-'],
    ['a template in a template', `${B}a\${f(${B}\nb${B})}\nc${B}`, '-tt'],
    ['a backtick that is escaped', `${B}a\\${B}\nb${B}\nc`, '-t-'],
    ['a string that goes on below', `"a\\\nb"\nc`, '-t-'],
    ['quotes in quotes', `a = "'" + '"' + "${B}"\n${B}\n${B}`, '--t'],
    ['quotes in comments', `// don't\n/* ${B}\n" */\n${B}\n${B}`, '--c-t'],
    ['quotes in regular expressions', `a = /[/"]'/.test(b)\nreturn /${B}/\n${B}\n${B}`, '---t'],
    ['quotes between divisions', `a = b / 2 + "/" + (c) / d\n${B}\n${B}`, '--t'],
    ['a division by what a word only seems to begin', `a.of / 2 + ${B}\n${B} / 3`, '-t'],
    ['a slash that a line ends behind', `a = /\n${B}\n${B}`, '--t'],
  ])('%s', (_, text, lines) => {
    expect(quotedIn(text)).toBe(lines);
  });

  test('raw strings of Go, in which nothing is escaped and no code is', () => {
    expect(quotedIn(`a := ${B}\\\n\${${B}\nb := '"' / 2 // '`, 'a.go')).toBe('-t-');
  });
});

test.each([
  ['text over several lines', 'a = "b"\n/* c\nd */'],
  ['an end of a template', `a = ${B}b\nc`],
  ['an end of the code in a template', `${B}a\${b\nc`],
  ['an end of a string on its line', `a = ${B}\n${B}\nb = don't\n`],
])('tells nothing where there is no %s', (_, text) => {
  expect(quotedIn(text)).toBeUndefined();
});

test('tells nothing of languages that it does not know', () => {
  expect(quotedIn(`${B}\n${B}`, 'a.rb')).toBeUndefined();
});

test('tells of each line or of none, whatever the text', () => {
  const signs = fc.string({
    unit: fc.constantFrom(B, '"', "'", '\\', '\n', '/', '*', '$', '{', '}', 'a', ' '),
  });
  fc.assert(
    fc.property(fc.oneof(signs, anyText), fc.constantFrom('a.ts', 'a.go'), (text, path) => {
      const lines = quotedIn(text, path);
      expect(lines?.length ?? lineStarts(text).length).toBe(lineStarts(text).length);
    }),
  );
});

// Anything worse than linear would take longer than a test may.
test('a line of 5 MB that looks like the heads of regular expressions', () => {
  expect(quotedIn(`${'=/['.repeat(1_700_000)}\n${B}\n${B}`)).toBe('--t');
});
