import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CODE_STOP_WORDS } from '../../../src/core/text/stopWords.ts';
import { stem, subTokens } from '../../../src/core/text/subTokens.ts';

describe('subTokens', () => {
  it.each([
    ['parseJSONFile', ['=parsejsonfile', 'pars', 'json', 'fil']],
    ['max_retry_count', ['=max_retry_count', 'max', 'retry', 'count']],
    ['sha256Digest', ['=sha256digest', 'sha', '256', 'digest']],
    ['HTTPServer', ['=httpserver', 'http', 'server']],
    ['$element', ['element']],
    ['parsing', ['pars']],
    ['parsers', ['parser']],
    ['entries', ['entry']],
    ['class', []],
    ['x', []],
    ['===', []],
    ['straßenName', ['=straßenname', 'straßen', 'nam']],
    ['имяФайла', ['=имяфайла', 'имя', 'файла']],
    ['検索結果', ['検索', '索結', '結果']],
    ['語', ['語']],
  ])('splits %s', (word, terms) => {
    expect(subTokens(word)).toEqual(terms);
  });

  it.each([
    ['create creates created creating', 'creat'],
    ['parse parses parsed parsing', 'pars'],
    ['entry entries', 'entry'],
    ['class classes', 'class'],
  ])('makes one of %s', (forms, stemmed) => {
    expect(new Set(forms.split(' ').map(stem))).toEqual(new Set([stemmed]));
  });

  it('gives a name and the same words in prose the same parts', () => {
    const prose = ['Config', 'files', 'loaded'].flatMap(subTokens);
    expect(subTokens('loadedConfigFile').slice(1).toSorted()).toEqual(prose.toSorted());
  });

  it('equates composed and decomposed letters', () => {
    expect(subTokens('cafe\u0301')).toEqual(subTokens('caf\u00e9'));
  });

  it('drops runs too long to be words', () => {
    expect(subTokens('a'.repeat(41))).toEqual([]);
    expect(subTokens(`ab${'9'.repeat(70)}`)).toEqual(['ab']);
  });

  it('drops stop words within names', () => {
    for (const word of CODE_STOP_WORDS) expect(subTokens(`${word}Parser`)).not.toContain(word);
  });

  it('never gives capitals or empty terms', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (word) => {
        for (const term of subTokens(word)) {
          expect(term).not.toBe('');
          if (/^[\p{ASCII}]*$/u.test(term)) expect(term).toBe(term.toLowerCase());
        }
      }),
    );
  });
});
