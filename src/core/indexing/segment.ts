/**
 * The unit of storage and of transport: a batch of files, lexed and cut into chunks. Readers build the lexical
 * postings and the completion model from it, so loading an index and following a change are one code path.
 */
export interface Segment {
  /** Texts of the words used in `tokens`, from word id 1. */
  readonly words: readonly string[];
  /** Token streams of all files, one after the other; see `text/lexer.ts`. */
  readonly tokens: Uint32Array;
  readonly files: readonly SegmentFile[];
}

export interface SegmentFile {
  readonly path: string;
  /** Half-open token range of the whole file. */
  readonly tokenStart: number;
  readonly tokenEnd: number;
  /** In order; together they cover the file from first to last line. */
  readonly chunks: readonly SegmentChunk[];
}

export interface SegmentChunk {
  /** 1-based, inclusive. */
  readonly startLine: number;
  readonly endLine: number;
  /** Half-open token range, begins at the line break of `startLine`. */
  readonly tokenStart: number;
  readonly tokenEnd: number;
}
