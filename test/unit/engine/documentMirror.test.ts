import { describe, expect, test } from 'vitest';
import { DocumentMirror } from '../../../src/engine/query/queryFolder.ts';

const document = { root: '/w', path: 'a.ts' };

describe('DocumentMirror', () => {
  test('applies edits in the order the editor reports them', () => {
    const mirror = new DocumentMirror();
    mirror.open(document, 1, 'one two three');
    // Two cursors: the editor reports the later place first, so that offsets stay valid.
    mirror.change(document, 2, [
      { startOffset: 8, endOffset: 13, text: '3' },
      { startOffset: 0, endOffset: 3, text: '1' },
    ]);
    expect(mirror.text(document)).toBe('1 two 3');
  });

  test('answers only for the version it holds', () => {
    const mirror = new DocumentMirror();
    mirror.open(document, 1, 'old');
    mirror.change(document, 2, [{ startOffset: 0, endOffset: 3, text: 'new' }]);
    expect(mirror.textAt(document, 1)).toBeUndefined();
    expect(mirror.textAt(document, 2)).toBe('new');
    expect(mirror.textAt(document, 3)).toBeUndefined();
  });

  test('keeps equal paths of two folders apart', () => {
    const mirror = new DocumentMirror();
    mirror.open(document, 1, 'here');
    mirror.open({ root: '/v', path: 'a.ts' }, 1, 'there');
    expect(mirror.text(document)).toBe('here');
  });

  test('ignores changes to a document that is not open and forgets a closed one', () => {
    const mirror = new DocumentMirror();
    mirror.change(document, 2, [{ startOffset: 0, endOffset: 0, text: 'x' }]);
    expect(mirror.text(document)).toBeUndefined();
    mirror.open(document, 1, 'text');
    mirror.close(document);
    expect(mirror.text(document)).toBeUndefined();
  });
});
