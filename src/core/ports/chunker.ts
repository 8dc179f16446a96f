/** Cuts files into the pieces that searches find. */
export interface Chunker {
  /**
   * Chunks that tile the text: in order, whole lines, none empty, none over the caps of `ChunkSpan` unless it is a
   * single line; none for an empty text. The same path and text always give the same chunks. Never throws.
   */
  chunk(path: string, text: string): readonly ChunkSpan[];
}

/** Knows the syntax of some languages. Files are told apart by the ends of their names. */
export interface SyntaxParser {
  /**
   * The constructs of a text that span lines and begin with a sign or word of their own, as half-open ranges of UTF-16
   * units, flat (start, end, start, end …), outer before inner. A construct that `fits`, given its UTF-16 units and lines,
   * is listed whatever it begins with, and nothing inside of it is. `undefined` when the language is not known, its
   * grammar cannot be had, or the text makes no sense in it.
   */
  constructs(
    path: string,
    text: string,
    fits: (chars: number, lines: number) => boolean,
  ): ArrayLike<number> | undefined;
}

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
