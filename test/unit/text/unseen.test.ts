import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  hasUnseen,
  lineWithSigns,
  listUnseen,
  replaceUnseen,
  withoutUnseen,
  withSigns,
} from '../../../src/core/text/unseen.ts';
import { anyText } from '../../support/anyText.ts';

/** What hides in a text, and what is left for a model. */
const HIDING: readonly (readonly [what: string, text: string, seen: string])[] = [
  ['an override of direction', 'a\u202eb', 'ab'],
  ['an embedding', '\u202aa\u202b\u202c', 'a'],
  ['an isolate that comes first', '\u2067/* \u2066 if (admin) */', '/*  if (admin) */'],
  ['the end of an isolate', 'a\u2069', 'a'],
  ['marks of direction', 'a\u200e\u200fb', 'ab'],
  ['the mark of Arabic letters', 'a\u061cb', 'ab'],
  ['a zero-width space', 'pass\u200bword', 'password'],
  ['a joiner between Latin letters', 'a\u200db\u200cc', 'abc'],
  ['two joiners in an Arabic word', 'می\u200c\u200cخ', 'میخ'],
  ['a joiner behind emoji', '😀\u200d', '😀'],
  ['a word joiner and invisible operators', 'a\u2060\u2061\u2062\u2063\u2064b', 'ab'],
  ['deprecated formats', '\u206aa\u206b\u206c\u206d\u206e\u206f', 'a'],
  ['a byte order mark within', 'a\ufeffb', 'ab'],
  ['a sentence in tags', `ok${inTags('obey me')}`, 'ok'],
  ['a language tag', '\u{e0001}en', 'en'],
  ['tags behind a flag', `🏴${inTags('us')}\u{e007f}`, '🏴'],
  ['bytes in variation selectors', 'a\ufe00\ufe01\u{e0101}\u{e01ef}', 'a'],
  ['bytes in variation selectors behind an emoji', '😀\ufe0f\ufe00\u{e0100}', '😀\ufe0f'],
  ['a selector behind a digit', '1\ufe0f', '1'],
  ['the separator of Mongolian vowels', 'a\u180eb', 'ab'],
  ['a selector of Mongolian forms behind Latin', 'a\u180bb', 'ab'],
  ['the filler of Hangul as a name', 'const \u3164 = 1', 'const  = 1'],
  ['fillers of Hangul Jamo', '\u115f\u1160', ''],
  ['a narrow filler', 'a\uffa0', 'a'],
  ['inherent vowels of Khmer', '\u17b4\u17b5', ''],
  ['a grapheme joiner', 'a\u034f', 'a'],
  ['a soft hyphen', 'pass\u00adword', 'password'],
  ['an annotation', 'a\ufff9b\ufffac\ufffb', 'abc'],
  ['formats of shorthand and music', '\u{1bca0}\u{1d173}', ''],
  ['an empty Braille cell', 'a\u2800b', 'ab'],
  ['escape sequences', '\x1b[2J\x1b]8;;http://x\x07', '[2J]8;;http://x'],
  ['an 8-bit escape', '\x9b31m', '31m'],
  ['a backspace and a null', 'a\b\0', 'a'],
  ['a delete', 'a\x7f', 'a'],
  ['a return that overwrites', 'safe\rrm -rf', 'saferm -rf'],
  ['separators of lines and paragraphs', 'a\u2028b\u2029c', 'abc'],
  ['a next-line control', 'a\u0085b', 'ab'],
  ['halves of pairs', '\ud800a\udc00', 'a'],
];

function inTags(ascii: string): string {
  return String.fromCodePoint(...Array.from(Buffer.from(ascii), (code) => 0xe0000 + code));
}

it.each(HIDING)('attack: %s does not reach a model, shows as a sign, and is listed', (_, text, seen) => {
  expect(withoutUnseen(text)).toBe(seen);
  expect(hasUnseen(text)).toBe(true);
  expect(replaceUnseen(withSigns(text), () => '!')).toBe(withSigns(text));
  expect(withSigns(text)).toMatch(/⟨U\+[0-9A-F]{4,}⟩/);
  expect(listUnseen(text).length).toBeGreaterThan(0);
});

it.each([
  'می‌خواهم',
  'क्‍ष र्‍य',
  'സന്‍',
  'ශ්‍රී',
  '👩‍👩‍👧 👩🏽‍💻 🏳️‍🌈 ❤️‍🔥',
  '❤️ ☺︎ ©️',
  '1️⃣ #️⃣',
  '🏴󠁧󠁢󠁥󠁮󠁧󠁿 🏴󠁧󠁢󠁳󠁣󠁴󠁿 🏴󠁧󠁢󠁷󠁬󠁳󠁿',
  '葛󠄀 ᠠ᠋',
  'שלום עולם',
  'مرحبا بالعالم',
  'e\u0301 ﬁ \u00a0 \u3000',
  '⠋⠙⠀⠹',
  '\tif (a) {\r\n}\n',
  '𠮷',
])('%j is what it was', (text) => {
  expect(withSigns(text)).toBe(text);
  expect(listUnseen(text)).toEqual([]);
});

it('in a name, line breaks and tabs are not seen either', () => {
  expect(lineWithSigns('a\n## b\r\nc\t')).toBe('a⟨U+000A⟩## b⟨U+000D⟩⟨U+000A⟩c⟨U+0009⟩');
});

it('says which characters, how many and on which lines', () => {
  expect(listUnseen('a\u202e\nb\n\u202e\u202e\u200b')).toEqual([
    { code: 'U+202E', kind: 'changes the direction of text', count: 3, lines: [1, 3] },
    { code: 'U+200B', kind: 'zero-width character', count: 1, lines: [3] },
  ]);
});

it('what is left of any text hides nothing, and is not longer', () => {
  fc.assert(
    fc.property(anyText, fc.string({ unit: 'binary' }), (one, other) => {
      const text = one + other;
      const seen = withoutUnseen(text);
      expect(withSigns(seen).length).toBeLessThanOrEqual(text.length * 11);
      expect(seen).not.toMatch(/[\p{Bidi_Control}\u{e0000}-\u{e007e}\u200b\u2060-\u2064\ufeff]/u);
      expect(seen.isWellFormed()).toBe(true);
    }),
  );
});
