/** A piece of a file. */
export interface ChunkSpan {
  /** 1-based, inclusive. */
  readonly startLine: number;
  readonly endLine: number;
  /** Half-open range of UTF-16 units, whole lines with their line breaks. */
  readonly startOffset: number;
  readonly endOffset: number;
}

/** No chunk is longer, unless it is a single line. About 500 tokens of code. */
export const MAX_CHUNK_CHARS = 2000;
export const MAX_CHUNK_LINES = 60;

export function fitsChunk(chars: number, lines: number): boolean {
  return chars <= MAX_CHUNK_CHARS && lines <= MAX_CHUNK_LINES;
}
