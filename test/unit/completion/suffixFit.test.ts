import { describe, expect, it } from 'vitest';
import { fitToSuffix } from '../../../src/core/completion/suffixFit.ts';
import { lex, render, wordOf } from '../../../src/core/text/lexer.ts';
import { Vocabulary } from '../../../src/core/text/vocabulary.ts';

function fit(
  rest: string,
  suffix: string,
): { text: string; replacesSuffix: boolean; gapAfter: boolean } | undefined {
  const words = new Vocabulary();
  const textOf = (word: number): string => words.textOf(word);
  const result = fitToSuffix(lex(rest, words).slice(1), lex(suffix, words).slice(1).map(wordOf), textOf);
  if (result === undefined) return undefined;
  const { replacesSuffix, gapAfter } = result;
  return { text: render(result.tokens, textOf), replacesSuffix, gapAfter };
}

describe('fitToSuffix', () => {
  it.each([
    [
      'the whole rest when nothing follows',
      'a, b);',
      '',
      { text: 'a, b);', replacesSuffix: false, gapAfter: false },
    ],
    [
      'what stands before an equal ending',
      'a, b);',
      ');',
      { text: 'a, b', replacesSuffix: false, gapAfter: false },
    ],
    [
      'the space before an equal ending',
      'a ? b : c;',
      ': c;',
      { text: 'a ? b', replacesSuffix: false, gapAfter: true },
    ],
    [
      'the rest around brackets the editor closed',
      'a, b);',
      ')',
      { text: 'a, b);', replacesSuffix: true, gapAfter: false },
    ],
    [
      'the part up to the next argument',
      'a(1, 2), c)',
      ', d)',
      { text: 'a(1, 2)', replacesSuffix: false, gapAfter: false },
    ],
  ])('keeps %s', (_, rest, suffix, expected) => {
    expect(fit(rest, suffix)).toEqual(expected);
  });

  it('refuses a rest that cannot stand before the suffix', () => {
    expect(fit('a + b', ', d)')).toBeUndefined();
    expect(fit('a), b', ', d)')).toBeUndefined();
  });
});
