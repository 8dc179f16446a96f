import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Vocabulary } from '../../../src/core/text/vocabulary.ts';

test('ids are dense, stable, and lead back to their texts', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ minLength: 1 })), (texts) => {
      const vocabulary = new Vocabulary();
      const ids = texts.map((text) => vocabulary.intern(text));
      expect(ids.map((id) => vocabulary.textOf(id))).toEqual(texts);
      expect(texts.map((text) => vocabulary.intern(text))).toEqual(ids);
      expect(texts.map((text) => vocabulary.find(text))).toEqual(ids);
      expect(vocabulary.texts()).toEqual([...new Set(texts)]);
      expect(vocabulary.size).toBe(new Set(texts).size + 1);
    }),
  );
});

test('id 0 is the line break, and unknown things have no id and no text', () => {
  const vocabulary = new Vocabulary();
  expect(vocabulary.textOf(0)).toBe('\n');
  expect(vocabulary.textOf(7)).toBe('');
  expect(vocabulary.find('x')).toBeUndefined();
  expect(vocabulary.intern('x')).toBe(1);
});
