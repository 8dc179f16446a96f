import fc from 'fast-check';
import { expect } from 'vitest';
import type { ChunkSpan } from '../../../src/core/ports/chunker.ts';

export const line = fc.oneof(
  fc.constantFrom('', '  ', '}', 'end', '  })', '/** Doc. */', '@decorator', '# heading', 'function f() {'),
  fc.constantFrom('```', '## Part', '  case 1:', '{', '\0', '\ud800', '    x = (', '"""', '`'),
  fc.string(),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
);

export const text = fc
  .array(fc.tuple(line, fc.constantFrom('\n', '\r\n', '\r')), { maxLength: 300 })
  .map((lines) => lines.map(([content, end]) => content + end).join(''));

/** Lines of code, any code units at all, texts without a final line break, and those with a byte order mark. */
export const anyText = fc.oneof(
  text,
  fc.string({ unit: 'binary', maxLength: 5000 }),
  text.map((each) => each.replace(/[\r\n]+$/, '')),
  text.map((each) => `\ufeff${each}`),
);

/** That chunks tile the text, none is empty and their lines are right. */
export function expectTiling(content: string, chunks: readonly ChunkSpan[]): void {
  let at = 0;
  for (const each of chunks) {
    expect(each.startOffset).toBe(at);
    expect(each.endOffset).toBeGreaterThan(at);
    expect(each.startLine).toBe(lineAt(content, each.startOffset));
    expect(each.endLine).toBe(lineAt(content, lastCharacter(content, each.endOffset)));
    at = each.endOffset;
  }
  expect(at).toBe(content.length);
}

/** Line number of an offset, counted the slow way. */
function lineAt(content: string, offset: number): number {
  return content.slice(0, offset).split(/\r\n|\r|\n/).length;
}

/** Between CR and LF there is no line border: count from the character that follows the border. */
function lastCharacter(content: string, end: number): number {
  return content.endsWith('\r\n', end) ? end - 2 : end - 1;
}
