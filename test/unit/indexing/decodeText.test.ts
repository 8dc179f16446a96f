import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeText } from '../../../src/core/indexing/decodeText.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const bytes = (...values: number[]) => Uint8Array.from(values);

test('UTF-8 text comes back as it was', () => {
  const ordinary = fc.string({ unit: 'grapheme' }).filter((text) => !/[\0\ufffd]/.test(text));
  fc.assert(
    fc.property(ordinary, (text) => {
      expect(decodeText(utf8(text))).toBe(text.replace(/^\ufeff/, ''));
    }),
  );
});

describe('byte order marks', () => {
  test('of UTF-8 is dropped', () => {
    expect(decodeText(utf8('\ufeffa'))).toBe('a');
  });

  test('say UTF-16, in either order', () => {
    expect(decodeText(bytes(0xff, 0xfe, 0x61, 0, 0xe4, 0))).toBe('aä');
    expect(decodeText(bytes(0xfe, 0xff, 0, 0x61, 0, 0xe4))).toBe('aä');
  });
});

describe('what is no text', () => {
  test('bytes with a NUL', () => {
    expect(decodeText(bytes(0x61, 0, 0x62))).toBeUndefined();
  });

  test('bytes that are mostly not UTF-8', () => {
    expect(decodeText(Uint8Array.from({ length: 500 }, (_, n) => 0x80 + (n % 0x40)))).toBeUndefined();
  });
});

test('a few letters of a one-byte encoding do no harm', () => {
  const latin1 = Uint8Array.from('Übung macht den Meister, sagt man.', (letter) => letter.charCodeAt(0));
  expect(decodeText(latin1)).toBe('\ufffdbung macht den Meister, sagt man.');
});

test('nothing is text', () => {
  expect(decodeText(bytes())).toBe('');
});
