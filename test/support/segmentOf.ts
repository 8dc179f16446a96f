import type { Segment, SegmentChunk, SegmentFile } from '../../src/core/indexing/segment.ts';
import { lex, LINE_BREAK, wordOf, type Token } from '../../src/core/text/lexer.ts';
import { Vocabulary } from '../../src/core/text/vocabulary.ts';

/** A segment of the given files (path → text), cut into chunks of `linesPerChunk` lines. */
export function segmentOf(files: Readonly<Record<string, string>>, linesPerChunk = 40): Segment {
  const words = new Vocabulary();
  const tokens: Token[] = [];
  const segmentFiles = Object.entries(files).map(([path, text]): SegmentFile => {
    const tokenStart = tokens.length;
    lex(text, words, tokens);
    const chunks = chunksOf(tokens, tokenStart, linesPerChunk);
    return { path, tokenStart, tokenEnd: tokens.length, chunks };
  });
  return { words: words.texts(), tokens: Uint32Array.from(tokens), files: segmentFiles };
}

/** Cuts the tokens from `start` to the end. */
function chunksOf(tokens: readonly Token[], start: number, linesPerChunk: number): readonly SegmentChunk[] {
  const lineStarts: number[] = [];
  for (let at = start; at < tokens.length; at++) {
    if (wordOf(tokens[at]!) === LINE_BREAK) lineStarts.push(at);
  }
  const chunks: SegmentChunk[] = [];
  for (let line = 0; line < lineStarts.length; line += linesPerChunk) {
    const end = Math.min(line + linesPerChunk, lineStarts.length);
    chunks.push({
      startLine: line + 1,
      endLine: end,
      tokenStart: lineStarts[line]!,
      tokenEnd: lineStarts[end] ?? tokens.length,
    });
  }
  return chunks;
}
