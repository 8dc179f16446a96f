import { describe, expect, it } from 'vitest';
import { anchorHash, anchorLength, BOUNDARY } from '../../../src/core/completion/anchor.ts';
import {
  BREAK,
  KEYWORD,
  kindOfText,
  NAME,
  NUMBER,
  PUNCTUATION,
  WordKinds,
} from '../../../src/core/completion/wordKinds.ts';
import { Vocabulary } from '../../../src/core/text/vocabulary.ts';

const words = new Vocabulary();
const kinds = new WordKinds(words);

function stream(...texts: readonly string[]): {
  readonly wordAt: (position: number) => number;
  readonly last: number;
} {
  const ids = texts.map((text) => (text === '\n' ? 0 : text === '' ? BOUNDARY : words.intern(text)));
  return { wordAt: (position) => ids[position] ?? BOUNDARY, last: ids.length - 1 };
}

describe('anchors', () => {
  it.each([
    ['a name and a sign', ['x', '=', 'foo', '('], 2],
    ['further left where signs are common', ['foo', '(', ')', ';'], 3],
    ['over a line break', ['foo', ')', ';', '\n'], 4],
    ['no further than the beginning of the file', ['', '\n'], 2],
  ])('reach over %s', (_, texts, length) => {
    const place = stream(...texts);
    expect(anchorLength(place, place.last, kinds)).toBe(length);
  });

  it('depend on the words they span and on nothing else', () => {
    const a = stream('x', '=', 'foo', '(');
    const b = stream('return', 'foo', '(');
    const c = stream('x', '=', 'bar', '(');
    expect(anchorHash(a, a.last, kinds)).toBe(anchorHash(b, b.last, kinds));
    expect(anchorHash(a, a.last, kinds)).not.toBe(anchorHash(c, c.last, kinds));
  });
});

describe('kinds of words', () => {
  it.each([
    ['foo', NAME],
    ['$el', NAME],
    ['naïve', NAME],
    ['const', KEYWORD],
    ['12px', NUMBER],
    ['=>', PUNCTUATION],
  ])('%s', (text, kind) => {
    expect(kindOfText(text)).toBe(kind);
    expect(kinds.of(words.intern(text))).toBe(kind);
  });

  it('has one of its own for line breaks, and grows with the vocabulary', () => {
    expect(kinds.of(0)).toBe(BREAK);
    for (let word = 0; word < 3000; word++) words.intern(`name${word}`);
    expect(kinds.of(words.intern('name2999'))).toBe(NAME);
  });
});
