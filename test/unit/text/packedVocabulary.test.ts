import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashOf, PackedVocabulary, TextBytes } from '../../../src/core/text/packedVocabulary.ts';
import { textOfImage, throughImage } from '../../support/throughImage.ts';

/** Any UTF-16 units, halves of pairs too. */
const anyText = fc
  .array(fc.oneof(fc.integer({ min: 32, max: 126 }), fc.integer({ min: 0, max: 0xffff })), {
    minLength: 1,
    maxLength: 20,
  })
  .map((units) => String.fromCharCode(...units));

function restoredOf(vocabulary: PackedVocabulary, isWanted: (id: number) => boolean): PackedVocabulary {
  return new PackedVocabulary(throughImage((image) => vocabulary.saveIncrementally(image, isWanted)));
}

test('ids are dense, stable, and lead back to their texts', () => {
  fc.assert(
    fc.property(fc.array(anyText), (texts) => {
      const vocabulary = new PackedVocabulary();
      const ids = texts.map((text) => vocabulary.intern(text));
      const different = new Set(['\n', ...texts.filter((text) => text !== '\n')]);
      expect(ids.map((id) => vocabulary.textOf(id))).toEqual(texts);
      expect(texts.map((text) => vocabulary.intern(text))).toEqual(ids);
      expect(texts.map((text) => vocabulary.find(text))).toEqual(ids);
      expect(vocabulary.size).toBeLessThanOrEqual(different.size + 1);
    }),
  );
});

test('id 0 is the line break, and unknown things have no id and no text', () => {
  const vocabulary = new PackedVocabulary();
  expect(vocabulary.textOf(0)).toBe('\n');
  expect(vocabulary.textOf(7)).toBe('');
  expect(vocabulary.find('x')).toBeUndefined();
  expect(vocabulary.intern('x')).toBe(1);
});

test('tens of thousands of words are told apart', () => {
  const vocabulary = new PackedVocabulary();
  const words = Array.from({ length: 60_000 }, (_, at) => `word${at}`);
  expect(words.map((word) => vocabulary.intern(word))).toEqual(words.map((_, at) => at + 1));
  expect(words.map((word) => vocabulary.find(word))).toEqual(words.map((_, at) => at + 1));
  expect(vocabulary.find('word60000')).toBeUndefined();
});

test.each([1, 65_535, 65_536, 65_537, 300_000])('a text of %i characters is kept whole', (length) => {
  const vocabulary = new PackedVocabulary();
  const texts = ['before', 'a'.repeat(length), 'ж'.repeat(length), 'after'];
  const ids = texts.map((text) => vocabulary.intern(text));
  expect(ids.map((id) => vocabulary.textOf(id) === texts[id - 1])).toEqual([true, true, true, true]);
  expect(texts.map((text) => vocabulary.find(text))).toEqual(ids);
  const restored = restoredOf(vocabulary, () => true);
  expect(texts.every((text, at) => restored.textOf(at + 1) === text && restored.find(text) === at + 1)).toBe(
    true,
  );
});

test('the hash of a text and of its bytes are one', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const texts = new TextBytes();
      texts.add(text);
      expect(texts.hashAt(0)).toBe(hashOf(text));
      expect(texts.startsWith(0, text.slice(0, 3))).toBe(true);
      expect(texts.startsWith(0, `${text}x`)).toBe(false);
      expect(texts.equals(0, `${text.slice(0, -1)}\0\0`)).toBe(false);
    }),
  );
});

describe('an image', () => {
  test('gives back the words that are wanted with their ids, and learns on', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyText), fc.array(anyText), fc.nat(), (texts, more, mask) => {
        const vocabulary = new PackedVocabulary();
        for (const text of texts) vocabulary.intern(text);
        const isWanted = (id: number) => ((mask >>> (id % 31)) & 1) === 1;
        const restored = restoredOf(vocabulary, isWanted);
        expect(restored.size).toBe(vocabulary.size);
        for (let id = 1; id < vocabulary.size; id++) {
          const text = vocabulary.textOf(id);
          expect(restored.textOf(id)).toBe(isWanted(id) ? text : '');
          expect(restored.find(text)).toBe(isWanted(id) ? id : undefined);
        }
        for (const text of more) expect(restored.textOf(restored.intern(text))).toBe(text);
      }),
    );
  });

  test('holds nothing of a word that is not wanted', () => {
    const vocabulary = new PackedVocabulary();
    const kept = vocabulary.intern('keptWord');
    vocabulary.intern('hunter2secret');
    const text = textOfImage((image) => vocabulary.saveIncrementally(image, (id) => id === kept));
    expect([text.includes('keptWord'), text.includes('hunter2secret')]).toEqual([true, false]);
  });
});
