import { describe, expect, test } from 'vitest';
import { cursorLine } from '../../../src/core/completion/cursorSite.ts';
import { fillProgress } from '../../../src/core/completion/fillText.ts';
import { applyEdit } from '../../../src/core/text/textEdit.ts';

/** The document once `written` is put in at `|`, and whether that can still change. */
function filled(marked: string, written: string, isEnded = false) {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const { edit, isFinal } = fillProgress(written, isEnded, cursorLine(text, offset));
  return { text: edit && applyEdit(text, { changes: [edit] }), isFinal };
}

describe('a line', () => {
  test('is certain with its line break, or at the end', () => {
    expect(filled('const a = |', 'b + ')).toEqual({ text: undefined, isFinal: false });
    expect(filled('const a = |', 'b + c;\nconst')).toEqual({ text: 'const a = b + c;', isFinal: true });
    expect(filled('const a = |', 'b + c;', true)).toEqual({ text: 'const a = b + c;', isFinal: true });
    expect(filled('const a = |', '', true)).toEqual({ text: 'const a = ', isFinal: true });
  });

  test('is all that is put before other text', () => {
    expect(filled('call(|, last);', 'first, {\n  a: 1,\n}')).toEqual({
      text: 'call(first, {, last);',
      isFinal: true,
    });
  });
});

describe('what stands behind the cursor', () => {
  test.each([
    ['the rest of the line', 'add(|) + offset;', 'a, b) + offset;', 'add(a, b) + offset;'],
    ['closed brackets', 'foo(|)', 'a, b)', 'foo(a, b)'],
    ['closed brackets and more', 'foo(|)', 'a, b);', 'foo(a, b);'],
    ['brackets around several lines', "it('x', () => |)", '{\n  a();\n});', "it('x', () => {\n  a();\n});"],
  ])('is not written twice: %s', (_, marked, written, expected) => {
    expect(filled(marked, written, true).text).toBe(expected);
  });

  test('is not taken for brackets of the text', () => {
    expect(filled('foo(|)', 'bar()', true).text).toBe('foo(bar())');
    expect(filled('foo(|);', 'bar()', true).text).toBe('foo(bar());');
  });

  test('is not repeated in lines below', () => {
    const below = '\n  close();\n}\n';
    expect(filled(`function f() {\n  if (a) |${below}`, '{\n    b();\n  }\n  close();\n}\n').text).toBe(
      `function f() {\n  if (a) {\n    b();\n  }${below}`,
    );
    expect(filled(`items.map((item) => |\n  use(item),\n);`, '{\n  use(item),\n);', true).text).toBe(
      'items.map((item) => {\n  use(item),\n);',
    );
  });
});

describe('a block', () => {
  test('comes when its brackets are closed, after its first line', () => {
    expect(filled('if (a) |\nend();', '{\n  b(')).toEqual({ text: 'if (a) {\nend();', isFinal: false });
    expect(filled('if (a) |\nend();', '{\n  b();\n}\nc();')).toEqual({
      text: 'if (a) {\n  b();\n}\nend();',
      isFinal: true,
    });
  });

  test('goes on after else', () => {
    const written = '{\n  b();\n} else {\n  c();\n}\n';
    expect(filled('if (a) |', written).text).toBe('if (a) {\n  b();\n} else {\n  c();\n}');
    expect(filled('} else |', '{\n  c();\n}\nd();').text).toBe('} else {\n  c();\n}');
  });

  test('ends where it is indented no deeper when a colon opens it', () => {
    expect(filled('def f(a):|', '\n    b = a\n\n    return b\n\nprint')).toEqual({
      text: 'def f(a):',
      isFinal: false,
    });
    expect(filled('def f(a):|', '\n    b = a\n\n    return b\n\nprint(1)\n')).toEqual({
      text: 'def f(a):\n    b = a\n\n    return b',
      isFinal: true,
    });
    expect(filled('def f(a):|', '\n    return a', true).text).toBe('def f(a):\n    return a');
  });

  test('is left out when it does not end, or is too long', () => {
    expect(filled('if (a) |', '{\n  b();', true)).toEqual({ text: 'if (a) {', isFinal: true });
    expect(filled('if (a) |', `{\n${'  b();\n'.repeat(20)}}`, true)).toEqual({
      text: 'if (a) {',
      isFinal: true,
    });
    expect(filled('a();|', '\n})')).toEqual({ text: 'a();', isFinal: true });
  });

  test('has the line breaks of the document', () => {
    expect(filled('x();\r\nif (a) |\r\n', '{\n  b();\n}\n').text).toBe('x();\r\nif (a) {\r\n  b();\r\n}\r\n');
  });
});
