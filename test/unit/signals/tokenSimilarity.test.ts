import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tokenSimilarity } from '../../../src/core/signals/tokenSimilarity.ts';

const code = fc
  .array(fc.constantFrom('foo', 'bar', '(', ')', ' ', '\n', '+', 'ä_1', '=='), { maxLength: 20 })
  .map((parts) => parts.join(''));

describe('tokenSimilarity', () => {
  test.each([
    ['f(a, b)', 'f(a, b)', 1],
    ['f(a, b)', 'f( a,b )', 1],
    ['f(a, b)', 'x = f(a, b);', 1],
    ['f(a, b)', 'f(a, c)', 5 / 6],
    ['f(a, b)', 'f(a, await b)', 5 / 6],
    ['f(a, b)', '', 0],
    ['f(a, b)', 'nothing', 0],
    ['value', 'values', 0],
    ['', 'anything', 1],
  ])('of %j in %j', (inserted, remaining, expected) => {
    expect(tokenSimilarity(inserted, remaining)).toBeCloseTo(expected, 10);
  });

  test('is between 0 and 1, and 1 for a text within any surroundings', () => {
    fc.assert(
      fc.property(code, code, code, (a, b, c) => {
        const similarity = tokenSimilarity(a, b);
        expect(similarity).toBeGreaterThanOrEqual(0);
        expect(similarity).toBeLessThanOrEqual(1);
        expect(tokenSimilarity(a, `${b} ${a} ${c}`)).toBe(1);
      }),
    );
  });

  test('takes no notice of white space', () => {
    fc.assert(
      fc.property(code, code, (a, b) => {
        const spaced = b.replaceAll(/([^\s])/g, '$1').replaceAll(/\s/g, ' \n\t ');
        expect(tokenSimilarity(a, spaced)).toBe(tokenSimilarity(a, b));
      }),
    );
  });

  test('one changed token costs at most its share', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom<string>('a', 'b', 'c'), { minLength: 1, maxLength: 12 }),
        fc.nat(),
        (words, at) => {
          const changed = words.with(at % words.length, 'z');
          const similarity = tokenSimilarity(words.join(' '), changed.join(' '));
          expect(similarity).toBeGreaterThanOrEqual(1 - 1 / words.length - 1e-9);
        },
      ),
    );
  });

  test('bounds its work on long texts', () => {
    const long = 'word '.repeat(50_000);
    expect(tokenSimilarity(long, long)).toBe(1);
  });
});
