import { describe, expect, test } from 'vitest';
import { applyEdit, isExtension, isSameEdit, suggestEdit } from '../../../src/core/text/textEdit.ts';

const text = 'call(first)\nsecond();\n';
const edit = (startOffset: number, endOffset: number, inserted: string) =>
  suggestEdit('a.ts', text, [{ startOffset, endOffset, text: inserted }]);

describe('the kind of an edit', () => {
  test.each([
    ['text at one place', edit(5, 5, 'x, '), 'insertion'],
    ['text around what is there', edit(4, 11, '(first, last)'), 'insertion'],
    ['text in place of another', edit(5, 10, 'last'), 'replacement'],
    ['a deletion', edit(5, 10, ''), 'replacement'],
  ])('%s', (_, each, kind) => {
    expect(each.kind).toBe(kind);
  });

  test('is a replacement when there are several places', () => {
    const changes = [
      { startOffset: 5, endOffset: 5, text: 'a' },
      { startOffset: 12, endOffset: 12, text: 'b' },
    ] as const;
    expect(suggestEdit('a.ts', text, [...changes])).toMatchObject({ kind: 'replacement' });
  });
});

test('all changes are made by the offsets before the edit, in a part of the text as well', () => {
  const changes = [
    { startOffset: 5, endOffset: 10, text: 'one' },
    { startOffset: 12, endOffset: 18, text: 'and_the_second' },
  ] as const;
  const both = suggestEdit('a.ts', text, [...changes]);
  expect(applyEdit(text, both)).toBe('call(one)\nand_the_second();\n');
  expect(applyEdit(text.slice(4, 18), both, 4)).toBe('(one)\nand_the_second');
});

describe('an extension', () => {
  test.each([
    ['more behind', edit(5, 5, 'x, y, '), edit(5, 5, 'x, '), true],
    ['more behind what it keeps', edit(10, 11, ', x);'), edit(10, 10, ', x'), true],
    ['the same', edit(5, 5, 'x'), edit(5, 5, 'x'), false],
    ['less', edit(5, 5, 'x'), edit(5, 5, 'xy'), false],
    ['something before', edit(5, 5, 'y, x'), edit(5, 5, 'x'), false],
    ['another place', edit(6, 6, 'xy'), edit(5, 5, 'x'), false],
  ])('%s', (_, longer, shorter, expected) => {
    expect(isExtension(longer, shorter, text)).toBe(expected);
  });
});

test('edits are the same when they leave the same document', () => {
  expect(isSameEdit(edit(10, 11, ', x)'), edit(10, 10, ', x'), text)).toBe(true);
  expect(isSameEdit(edit(10, 10, ', x'), edit(10, 10, ', y'), text)).toBe(false);
});
