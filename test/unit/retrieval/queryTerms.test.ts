import { describe, expect, it } from 'vitest';
import { queryTerms } from '../../../src/core/retrieval/queryTerms.ts';

describe('queryTerms', () => {
  it('lets the later words of a description count less, down to a least', () => {
    const terms = queryTerms('opens doors of ferries');
    expect(terms.get('open')).toBe(1);
    expect(terms.get('door')).toBeCloseTo(0.95);
    const words = Array.from({ length: 60 }, (_, at) => String.fromCharCode(97 + (at % 26)).repeat(2 + at));
    expect(queryTerms(words.join(' ')).get(words[35] ?? '')).toBeCloseTo(0.3);
  });

  it('counts the words of a name alike', () => {
    expect([...queryTerms('open door').values()]).toEqual([1, 1, 1, 1]);
  });

  it('adds up what a word counts wherever it stands', () => {
    expect(queryTerms('doors after doors again').get('door')).toBeCloseTo(1 + 0.95 ** 2);
  });

  it('counts the words of a question alike, but for those of its frame', () => {
    const terms = queryTerms('how does a method open doors?');
    expect([terms.get('method'), terms.get('open'), terms.get('door')]).toEqual([0.25, 1, 1]);
  });

  it('asks for files by name in full, wherever they are named', () => {
    expect(queryTerms('doors are opened by dates.ts').get('/dates.ts')).toBe(1);
  });
});
