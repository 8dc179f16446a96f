import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BufferCache, lexBuffer, lineAt, relexBuffer } from '../../../src/core/completion/lexedBuffer.ts';
import { Vocabulary } from '../../../src/core/text/vocabulary.ts';

const source = fc
  .array(fc.constantFrom('a', 'bc', ' ', '\t', '\n', '\r\n', '\r', '(', ');', '=>', '😀', 'é'), {
    maxLength: 60,
  })
  .map((parts) => parts.join(''));

describe('lexBuffer', () => {
  it('knows where each line begins, in the text and in the tokens', () => {
    const lexed = lexBuffer('a b\r\n\n  c', new Vocabulary());
    expect([...lexed.lineOffsets]).toEqual([0, 5, 6]);
    expect([...lexed.lineTokens]).toEqual([0, 3, 4]);
    expect(lexed.tokens).toHaveLength(6);
  });

  it('gives an empty text one line', () => {
    const lexed = lexBuffer('', new Vocabulary());
    expect([...lexed.lineOffsets]).toEqual([0]);
    expect(lexed.tokens).toHaveLength(1);
  });
});

describe('relexBuffer', () => {
  it('equals lexing afresh, whatever the change', () => {
    fc.assert(
      fc.property(source, source, source, source, (head, removed, added, tail) => {
        const words = new Vocabulary();
        const old = lexBuffer(head + removed + tail, words);
        const text = head + added + tail;
        expect(relexBuffer(old, text, words)).toEqual(lexBuffer(text, words));
      }),
      { numRuns: 500 },
    );
  });

  it('lexes only the lines that changed', () => {
    const words = new Vocabulary();
    const interned: string[] = [];
    const spy = {
      intern(text: string): number {
        interned.push(text);
        return words.intern(text);
      },
    };
    const old = lexBuffer('one two\nthree\nfour five\n', words);
    relexBuffer(old, 'one two\nthree!\nfour five\n', spy);
    expect(interned).toEqual(['three', '!']);
  });

  it('returns the same buffer for the same text', () => {
    const old = lexBuffer('a\nb', new Vocabulary());
    expect(relexBuffer(old, 'a\nb', new Vocabulary())).toBe(old);
  });
});

describe('lineAt', () => {
  it('counts the position after a line ending to the next line', () => {
    const { lineOffsets } = lexBuffer('ab\ncd', new Vocabulary());
    expect([0, 2, 3, 5].map((offset) => lineAt(lineOffsets, offset))).toEqual([0, 0, 1, 1]);
  });
});

describe('BufferCache', () => {
  it('remembers a bounded number of files', () => {
    const words = new Vocabulary();
    const cache = new BufferCache(words);
    const first = cache.lex('0', 'text');
    expect(cache.lex('0', 'text')).toBe(first);
    for (let file = 1; file <= 8; file++) cache.lex(String(file), 'text');
    expect(cache.lex('0', 'text')).not.toBe(first);
  });
});
