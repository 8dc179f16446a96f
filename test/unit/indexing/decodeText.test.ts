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

  test('bytes of all values but NUL', () => {
    expect(
      decodeText(Uint8Array.from({ length: 510 }, (_, at) => 1 + ((at * 167 + 13) % 255))),
    ).toBeUndefined();
  });

  test('bytes that are mostly not UTF-8', () => {
    expect(decodeText(Uint8Array.from({ length: 500 }, (_, n) => 0x80 + (n % 0x40)))).toBeUndefined();
  });
});

test('text in an older encoding is quoted as it stands there', () => {
  const latin1 = Uint8Array.from('Übung macht den Meister, sagt man.', (letter) => letter.charCodeAt(0));
  expect(decodeText(latin1)).toBe('Übung macht den Meister, sagt man.');
});

test('a few broken bytes in UTF-8 are replaced', () => {
  const broken = Uint8Array.from([...utf8('Größe, Höhe '), 0xff, ...utf8(' und Länge')]);
  expect(decodeText(broken)).toBe('Größe, Höhe \ufffd und Länge');
});

test('one odd byte among much ASCII loses nothing', () => {
  expect(decodeText(Uint8Array.from([...utf8('int tide(int x);\n'.repeat(9)), 0x81, 0x0a]))).toContain(
    'tide',
  );
});

describe('UTF-16 without a mark', () => {
  const units = (text: string, isBig: boolean) =>
    Uint8Array.from(
      Array.from(text).flatMap((letter) => {
        const code = letter.charCodeAt(0);
        return isBig ? [code >> 8, code & 0xff] : [code & 0xff, code >> 8];
      }),
    );

  test.each([
    ['C', 'int tide(int x) { return x; }\n'],
    ['umlauts', 'Prüft die Größe.\r\n'],
    ['Cyrillic', '// Проверка высоты\nint f();\n'],
    ['Chinese', '// 计算潮汐的高度\nint f();\n'],
    ['one letter', 'a'],
  ])('of %s is read in either order', (_, text) => {
    expect(decodeText(units(text, false))).toBe(text);
    expect(decodeText(units(text, true))).toBe(text);
  });

  test.each([
    ['records of numbers', Uint8Array.from({ length: 400 }, (_, at) => (at % 2 === 0 ? at % 7 : 0))],
    ['a header with NULs on both sides', bytes(0x7f, 0x45, 0, 0x46, 0x02, 0, 0x01, 0x03)],
    ['an odd number of bytes', bytes(0x61, 0, 0x62, 0, 0x63)],
  ])('is not what %s are', (_, binary) => {
    expect(decodeText(binary)).toBeUndefined();
  });
});

test('nothing is text', () => {
  expect(decodeText(bytes())).toBe('');
});
