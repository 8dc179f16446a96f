import { describe, expect, it } from 'vitest';
import { Renaming } from '../../../src/core/completion/renaming.ts';
import { Vocabulary } from '../../../src/core/text/vocabulary.ts';

function renamed(pairs: readonly (readonly [string, string])[], word: string): string {
  const words = new Vocabulary();
  const renaming = new Renaming(words);
  for (const [theirs, ours] of pairs) renaming.addPair(words.intern(theirs), words.intern(ours));
  return words.textOf(renaming.apply(words.intern(word)));
}

describe('Renaming', () => {
  it('exchanges whole names', () => {
    expect(renamed([['width', 'height']], 'width')).toBe('height');
  });

  it.each([
    ['setFileHash', 'setContextHash', 'getFileTime', 'getContextTime'],
    ['setFileHash', 'setContextHash', 'fileTime', 'contextTime'],
    ['TinyPlugin', 'ChunkPlugin', 'tinyPlugin', 'chunkPlugin'],
    ['on_file_open', 'on_folder_open', 'file_size', 'folder_size'],
  ])('carries the difference of %s and %s over to %s', (theirs, ours, word, expected) => {
    expect(renamed([[theirs, ours]], word)).toBe(expected);
  });

  it('leaves alone names that contain the part by accident', () => {
    expect(renamed([['setFileHash', 'setContextHash']], 'profile')).toBe('profile');
  });

  it('keeps what means the same in both places', () => {
    const words = new Vocabulary();
    const renaming = new Renaming(words);
    renaming.keep(words.intern('file'));
    renaming.addPair(words.intern('file'), words.intern('folder'));
    expect(renaming.apply(words.intern('file'))).toBe(words.intern('file'));
  });

  it('ignores parts too short to mean anything', () => {
    const words = new Vocabulary();
    const renaming = new Renaming(words);
    renaming.addTexts('a', 'b');
    expect(renaming.isEmpty).toBe(true);
  });
});
