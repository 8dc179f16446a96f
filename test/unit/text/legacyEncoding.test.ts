import { describe, expect, test } from 'vitest';
import { guessEncoding } from '../../../src/core/text/legacyEncoding.ts';

/** The bytes of `text` in an encoding that only has a decoder here: found by decoding all there are. */
function encode(text: string, label: string): Uint8Array {
  const decoder = new TextDecoder(label);
  const known = new Map<string, readonly number[]>();
  for (let byte = 0; byte < 0x100; byte++) known.set(decoder.decode(Uint8Array.of(byte)), [byte]);
  for (let lead = 0x81; lead < 0xff; lead++) {
    for (let trail = 0x40; trail < 0xff; trail++) {
      const character = decoder.decode(Uint8Array.of(lead, trail));
      if (Array.from(character).length === 1 && !known.has(character)) known.set(character, [lead, trail]);
    }
  }
  return Uint8Array.from(
    Array.from(text).flatMap((character) => known.get(character) ?? expect.unreachable(character)),
  );
}

const CODE = 'int tide(int x) {\n  return x + 1; // ';

describe.each([
  ['windows-1252', 'Prüft die Größe der Straße', 'Größe'],
  ['windows-1252', 'calcule la hauteur de la marée à l’entrée', 'déjà'],
  ['windows-1252', 'la señal del año pasado', '© 1998 Núñez'],
  ['windows-1250', 'sprawdź długość żółtej łodzi', 'wartość'],
  ['windows-1251', 'Проверка высоты прилива и отлива', 'высота'],
  ['koi8-r', 'Проверка высоты прилива и отлива', 'высота'],
  ['gb18030', '计算潮汐的高度，返回一个整数', '你好世界'],
  ['gb18030', '检查用户是否已经登录系统', '注释'],
  ['big5', '計算潮汐的高度，傳回整數', '這是註解'],
  ['shift_jis', '潮の高さを計算する。テスト', 'これはコメントです'],
  ['euc-jp', '潮の高さを計算する。テスト', 'これはコメントです'],
  ['euc-kr', '조수의 높이를 계산하는 함수입니다', '주석입니다'],
])('text in %s', (label, ...comments) => {
  test.each(comments)('is told from others by %s', (comment) => {
    const bytes = encode(`${CODE}${comment}\n}\n`, label);
    const guessed = guessEncoding(bytes);
    expect(new TextDecoder(guessed).decode(bytes)).toContain(comment);
  });
});

test('bytes without meaning are no text', () => {
  expect(guessEncoding(Uint8Array.from({ length: 500 }, (_, at) => 0x80 + (at % 0x40)))).toBeUndefined();
});
