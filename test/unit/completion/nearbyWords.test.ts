import { describe, expect, test } from 'vitest';
import { cursorSite } from '../../../src/core/completion/cursorSite.ts';
import { lexBuffer } from '../../../src/core/completion/lexedBuffer.ts';
import { nearbyWords } from '../../../src/core/completion/nearbyWords.ts';
import { Vocabulary } from '../../../src/core/text/vocabulary.ts';

function wordsAt(marked: string): readonly (readonly [string, number])[] {
  const words = new Vocabulary();
  const text = marked.replace('|', '');
  const site = cursorSite(lexBuffer(text, words), marked.indexOf('|'), words);
  return nearbyWords(site, words).map(({ word, share }) => [words.textOf(word), share]);
}

describe('words near by', () => {
  test('begin as what is typed and go on', () => {
    const found = wordsAt('const reader = read(rest);\nre|\nresolve(reader);\n').map(([text]) => text);
    expect(found).toEqual(expect.arrayContaining(['reader', 'read', 'rest', 'resolve']));
    expect(found).toHaveLength(4);
  });

  test('come by how often and how near they are used', () => {
    const [[first] = []] = wordsAt('resume();\nresolve();\nresolve();\nre|');
    expect(first).toBe('resolve');
    const far = `resume();\n${'x();\n'.repeat(500)}result();\nre|`;
    expect(wordsAt(far)[0]?.[0]).toBe('result');
  });

  test('share what there is among them', () => {
    const sum = wordsAt('resume();\nresolve();\nre|').reduce((total, [, share]) => total + share, 0);
    expect(sum).toBeCloseTo(1, 10);
  });

  test('are none where no word is begun, and never the typed one itself', () => {
    expect(wordsAt('resume();\n|')).toEqual([]);
    expect(wordsAt('resume();\nresume|')).toEqual([]);
  });
});
