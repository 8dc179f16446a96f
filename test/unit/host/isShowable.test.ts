import { describe, expect, it } from 'vitest';
import type { SuggestedEdit } from '../../../src/core/text/textEdit.ts';
import { bringsHidden, isShowable, type SuggestionPlace } from '../../../src/host/completion/isShowable.ts';

/** A line from 100 to 120 with the cursor at 110. */
const place: SuggestionPlace = { offset: 110, lineStart: 100, lineEnd: 120 };
const edit = (startOffset: number, endOffset: number, text = 'result'): SuggestedEdit => ({
  path: 'a.ts',
  kind: 'insertion',
  changes: [{ startOffset, endOffset, text }],
});

describe('isShowable', () => {
  it.each([
    ['an insertion at the cursor', 110, 110],
    ['the whole line', 100, 120],
    ['a range that ends at the cursor', 104, 110],
  ])('accepts %s', (_, startOffset, endOffset) => {
    expect(isShowable(edit(startOffset, endOffset), place)).toBe(true);
  });

  it.each([
    ['starts on the line before', 99, 110],
    ['ends on the line after', 110, 121],
    ['starts behind the cursor', 111, 115],
    ['ends before the cursor', 101, 109],
  ])('refuses a range that %s', (_, startOffset, endOffset) => {
    expect(isShowable(edit(startOffset, endOffset), place)).toBe(false);
  });

  it('refuses what changes more than one place, or takes characters away', () => {
    expect(isShowable({ ...edit(104, 110), kind: 'replacement' }, place)).toBe(false);
  });

  it('refuses an empty text', () => {
    expect(isShowable(edit(110, 110, ''), place)).toBe(false);
  });

  describe('with an item selected in the suggest widget', () => {
    const selected = { startOffset: 107, endOffset: 110, text: 'resolve' };

    it('accepts an extension of the item that replaces its range', () => {
      expect(isShowable(edit(107, 110, 'resolve(path)'), { ...place, selected })).toBe(true);
    });

    it('refuses other text and other ranges', () => {
      expect(isShowable(edit(107, 110, 'result'), { ...place, selected })).toBe(false);
      expect(isShowable(edit(110, 110, 'resolve(path)'), { ...place, selected })).toBe(false);
    });
  });
});

describe('bringsHidden', () => {
  it.each([
    ['an override of direction', 'if (a\u202e) {'],
    ['a zero-width space', 'admin\u200b'],
    ['a joiner in a Latin name', 'ad\u200dmin'],
    ['tags', 'x\u{e0041}'],
    ['a variation selector', 'x\ufe0f'],
    ['the filler of Hangul', 'const \u3164'],
    ['an escape', '"\x1b[2J"'],
    ['a lone return', 'safe\revil()'],
  ])('attack: a suggestion with %s is not offered', (_, text) => {
    expect(bringsHidden(edit(110, 110, text), () => 'const a = 1;\n')).toBe(true);
  });

  it.each([
    ['what the document holds already', 'x\u00ady'],
    ['emoji', '"👩‍👩‍👧 ❤️"'],
    ['joined letters', '"می‌خواهم"'],
    ['writing from right to left', '"שלום"'],
    ['lines', 'a\r\n\tb\n'],
  ])('one with %s is', (_, text) => {
    expect(bringsHidden(edit(110, 110, text), () => 'a\u00adb')).toBe(false);
  });
});
