import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRenaming, wordsByFrequency } from '../../../src/bench/renaming.ts';

/** `return` is by far the most frequent; the others are as frequent as each other. */
const words = Array.from(
  { length: 300 },
  (_, at) => `word${'abcdefghijklmnopqrstuvwxyz'.charAt(at % 26)}${'xyz'.repeat(1 + Math.floor(at / 26))}`,
);
const known = ['return', ...words];

describe('wordsByFrequency', () => {
  test('cuts names at capitals and underscores, the most frequent first', () => {
    expect(wordsByFrequency(['openGate(); open_door()', 'HTTPServer open'])).toEqual([
      'open',
      'door',
      'gate',
      'http',
      'server',
    ]);
  });

  test('takes no part of an escape for a word', () => {
    expect(wordsByFrequency([String.raw`"\ngate"`])).toEqual(['gate']);
  });
});

describe('createRenaming', () => {
  test('gives a name the same other name everywhere, in the case it had', () => {
    const rename = createRenaming(known, 1);
    const renamed = words.map((word) => rename(word));
    expect(words.map((word) => rename(word))).toEqual(renamed);
    for (const [at, word] of words.entries()) {
      expect(rename(word.toUpperCase())).toBe(renamed[at]?.toUpperCase());
    }
  });

  test('leaves the most frequent words, symbols and layout as they are', () => {
    const text = 'return (1 + 2);\n\treturn "\\u00e9";';
    expect(createRenaming(known, 1)(text)).toBe(text);
  });

  test('keeps half of the other words, and makes some up', () => {
    const rename = createRenaming(known, 5);
    const renamed = words.map((word) => rename(word));
    const kept = renamed.filter((word, at) => word === words[at]).length;
    const madeUp = renamed.filter((word) => !known.includes(word)).length;
    expect(kept / words.length).toBeGreaterThan(0.4);
    expect(kept / words.length).toBeLessThan(0.65);
    expect(madeUp / words.length).toBeGreaterThan(0.06);
    expect(madeUp / words.length).toBeLessThan(0.2);
  });

  test('differs from seed to seed', () => {
    const text = words.join(' ');
    expect(createRenaming(known, 1)(text)).not.toBe(createRenaming(known, 2)(text));
  });

  test('changes letters only: lines, brackets and digits stay where they were', () => {
    const rename = createRenaming([], 3);
    const skeleton = (text: string) => text.replace(/[A-Za-z]+/g, 'x');
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(skeleton(rename(text))).toBe(skeleton(text));
      }),
    );
  });
});
