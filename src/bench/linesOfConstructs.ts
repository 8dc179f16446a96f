import type { ChunkSpan } from '../core/ports/chunker.ts';
import { lineStarts } from '../core/text/lines.ts';

/** 1-based, inclusive. */
export type Lines = Pick<ChunkSpan, 'startLine' | 'endLine'>;

/**
 * Lines of the constructs that fit.
 *
 * @param constructs what `SyntaxParser.constructs` gave for the text
 * @param fits what it was given
 */
export function linesOfConstructs(
  text: string,
  constructs: ArrayLike<number>,
  fits: (chars: number, lines: number) => boolean,
): readonly Lines[] {
  const starts = lineStarts(text);
  const lineOf = (offset: number): number => {
    const after = starts.findIndex((start) => start > offset);
    return after < 0 ? starts.length : after;
  };
  const lines: Lines[] = [];
  for (let at = 0; at + 1 < constructs.length; at += 2) {
    const [start, end] = [constructs[at] ?? 0, constructs[at + 1] ?? 0];
    const startLine = lineOf(start);
    const endLine = lineOf(end - 1);
    const chars = (starts[endLine] ?? text.length) - (starts[startLine - 1] ?? 0);
    if (fits(chars, endLine - startLine + 1)) lines.push({ startLine, endLine });
  }
  return lines;
}
