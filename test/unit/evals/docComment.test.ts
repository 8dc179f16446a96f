import { describe, expect, test } from 'vitest';
import { docCommentOf } from '../../../src/evals/sources/docComment.ts';
import { SourceFile } from '../../../src/evals/sourceFile.ts';

/** The doc comment of the file's first definition with its lines, `start-end text`. */
function commentIn(path: string, ...lines: readonly string[]): string | undefined {
  const file = new SourceFile(path, lines.join('\n'));
  const [definition] = file.definitions;
  const comment = definition && docCommentOf(file, definition);
  return comment && `${comment.startLine}-${comment.endLine} ${comment.text.trim()}`;
}

describe('docCommentOf', () => {
  test('reads a block on one line', () => {
    expect(commentIn('a.ts', '/** Opens it. */', 'export function open() {', '}')).toBe('1-1 Opens it.');
  });

  test('reads a block on several lines without its stars', () => {
    const lines = ['/**', ' * Opens it', ' * now.', ' */', 'function open() {', '}'];
    expect(commentIn('a.js', ...lines)).toBe('1-4 Opens it\nnow.');
  });

  test('looks past decorators, also those of several lines', () => {
    const lines = [
      '/** A gate. */',
      '@Component({',
      "  selector: 'gate',",
      '})',
      '@Sealed',
      'class Gate {',
      '}',
    ];
    expect(commentIn('a.ts', ...lines)).toBe('1-1 A gate.');
  });

  test('takes neither an ordinary comment nor one of something else', () => {
    expect(commentIn('a.ts', '/* Opens it. */', 'function open() {', '}')).toBeUndefined();
    expect(commentIn('a.ts', '// Opens it.', 'function open() {', '}')).toBeUndefined();
    expect(commentIn('a.ts', '/** Licence. */', '', 'function open() {', '}')).toBeUndefined();
  });

  test('reads the lines above in Go, but not directives', () => {
    expect(commentIn('a.go', '// Open opens', '// the gate.', 'func Open() {', '}')).toBe(
      '1-2 Open opens\nthe gate.',
    );
    expect(commentIn('a.go', '//go:generate x', 'func Open() {', '}')).toBeUndefined();
  });

  test('reads three slashes above attributes in Rust', () => {
    expect(commentIn('a.rs', '/// Opens the gate.', '#[inline]', 'pub fn open() {', '}')).toBe(
      '1-1 Opens the gate.',
    );
    expect(commentIn('a.rs', '// Opens the gate.', 'pub fn open() {', '}')).toBeUndefined();
  });

  test('reads Javadoc above annotations', () => {
    const lines = ['/**', ' * Opens it.', ' */', '@Override', 'public void open(Visitor v) {', '}'];
    expect(commentIn('Gate.java', ...lines)).toBe('1-3 Opens it.');
  });

  test('reads the string below a Python head of any length', () => {
    expect(commentIn('a.py', 'def open(visitor):', '    """Opens it."""', '    pass')).toBe('2-2 Opens it.');
    const long = [
      'def open(',
      '    visitor,',
      '):',
      '    """Opens it.',
      '',
      '    More.',
      '    """',
      '    pass',
    ];
    expect(commentIn('a.py', ...long)).toBe('4-7 Opens it.\n\nMore.');
    expect(commentIn('a.py', 'def open():', "    'Opens it.'", '    pass')).toBe('2-2 Opens it.');
  });

  test('takes no other string in Python, and none that does not end', () => {
    expect(commentIn('a.py', 'def open():', '    pass', '    """Late."""')).toBeUndefined();
    expect(commentIn('a.py', 'def open():', '    """Opens it.', '    pass')).toBeUndefined();
  });
});
