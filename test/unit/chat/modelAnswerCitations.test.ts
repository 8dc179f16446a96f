import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CitationStream } from '../../../src/core/chat/modelAnswerCitations.ts';
import { anyText } from '../../support/anyText.ts';

function rewrite(text: string, blockCount: number) {
  const stream = new CitationStream(blockCount);
  return { text: stream.push(text) + stream.end(), cited: stream.cited, invented: stream.invented };
}

describe('citations', () => {
  test('are numbered in order of appearance', () => {
    expect(rewrite('One [4]. Two [2] and [4], three [1].', 4)).toEqual({
      text: 'One [1]. Two [2] and [1], three [3].',
      cited: [4, 2, 1],
      invented: 0,
    });
  });

  test.each([
    ['Both [2, 1].', 'Both [1] [2].'],
    ['Both [2][1].', 'Both [1] [2].'],
    ['Both [ 2 ; 1 ].', 'Both [1] [2].'],
  ])('in a list or a row become single ones: %s', (given, expected) => {
    expect(rewrite(given, 3).text).toBe(expected);
  });

  test.each([
    ['Here [3]. There [7].', 'Here [1]. There.'],
    ['Here [7] [3].', 'Here [1].'],
    ['Here [3, 7].', 'Here [1].'],
    ['Here[7], there[3].', 'Here, there[1].'],
    ['[9] Nothing.', ' Nothing.'],
  ])('attack: of blocks that do not exist are taken out: %s', (given, expected) => {
    expect(rewrite(given, 3)).toMatchObject({ text: expected, invented: 1 });
  });

  test('attack: never become the text of a link or its definition', () => {
    expect(rewrite('See [1](http://evil.example) and\n[2]: x', 2).text).toBe(
      'See [1] (http://evil.example) and\n[2] : x',
    );
  });

  test.each([
    'Call `items[1]` or ``a`[1]`b``.',
    '```ts\nconst a = list[1];\n```\n',
    '~~~\n[1]\n```\n[1]\n~~~\n',
    '````md\n```\n[1]\n```\n````',
    '   ```\n   [1]\n   ```',
    'Escaped \\[1\\] and items[0].',
    '- [ ] open\n- [x] done, see [the guide](guide.md) and [1a]',
  ])('are none in code, escapes and other brackets: %j', (text) => {
    expect(rewrite(text, 3)).toEqual({ text, cited: [], invented: 0 });
  });

  test.each([
    ['a lone ` mark [2]\nand [1]', 'a lone ` mark [1]\nand [2]'],
    ['```js\nx\n```\nDone [2].', '```js\nx\n```\nDone [1].'],
    ['`a` [2] `b`', '`a` [1] `b`'],
  ])('are found next to code: %j', (given, expected) => {
    expect(rewrite(given, 3).text).toBe(expected);
  });
});

describe('a stream', () => {
  test('shows text at once and holds back no more than it must', () => {
    const stream = new CitationStream(3);
    expect(stream.push('The gate')).toBe('The gate');
    expect(stream.push(' opens [')).toBe(' opens');
    expect(stream.push('3')).toBe('');
    expect(stream.push('] and')).toBe(' [1] and');
    expect(stream.push(' `items[1')).toBe(' ');
    expect(stream.push(']` end')).toBe('`items[1]` end');
    expect(stream.push(' [2')).toBe('');
    expect(stream.end()).toBe(' [2');
  });

  test('says the same however it is cut', () => {
    const token = fc.constantFrom(
      ...[
        '[1]',
        '[2, 3]',
        '[9]',
        '[',
        ']',
        '`',
        '``',
        '```',
        '```ts\n',
        '~~~',
        '\n',
        ' ',
        '  ',
        '\\',
        '(',
        ':',
        'word',
        '0',
        '7',
        '😀',
      ],
    );
    fc.assert(
      fc.property(fc.array(token, { maxLength: 40 }), fc.array(fc.nat(6)), (tokens, lengths) => {
        const text = tokens.join('');
        const stream = new CitationStream(3);
        let shown = '';
        let at = 0;
        for (const length of lengths) {
          shown += stream.push(text.slice(at, at + length));
          at += length;
        }
        shown += stream.push(text.slice(at)) + stream.end();
        expect({ text: shown, cited: stream.cited, invented: stream.invented }).toEqual(rewrite(text, 3));
      }),
      { numRuns: 2_000 },
    );
  });

  test('loses nothing but citations', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        fc.pre(!/\[\s*\d/.test(text));
        expect(rewrite(text, 0).text).toBe(text);
      }),
    );
  });
});

/** Each held everything back until the end, and looked at all of it again with every part. */
test.each([
  ['an opening backtick', '`', 'a'],
  ['backticks', '`', '`'],
  ['code of every length', '', '`` ` ```` ``` '],
  ['blanks', ' ', ' '],
  ['blanks at the start of a line', '\n', ' '],
  ['the beginning of a citation', '[', '1,'],
  ['brackets', '', '['],
  ['tildes at the start of a line', '\n', '~'],
  ['backslashes', '', '\\'],
])('attack: %s without end are passed on, with a bounded rest', (_, start, piece) => {
  const stream = new CitationStream(3);
  let passed = stream.push(start).length;
  let received = start.length;
  for (let times = 0; times < 20_000; times++) {
    passed += stream.push(piece).length;
    received += piece.length;
    expect(received - passed).toBeLessThan(2_000);
  }
  expect(passed + stream.end().length).toBe(received);
});
