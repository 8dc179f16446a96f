import type { ChunkSpan } from '../ports/chunker.ts';
import { runToCompletion } from '../async/incremental.ts';
import { lexIncrementally } from '../text/lexIncrementally.ts';
import { LINE_BREAK, gapOf, packToken, wordOf, type Token } from '../text/lexer.ts';
import { Vocabulary } from '../text/vocabulary.ts';
import type { Segment, SegmentChunk, SegmentFile } from './segment.ts';

/** Collects files into one segment. */
export class SegmentBuilder {
  readonly #vocabulary = new Vocabulary();
  readonly #tokens: Token[] = [];
  readonly #files: SegmentFile[] = [];

  get fileCount(): number {
    return this.#files.length;
  }

  /** Adds a file that `spans` tile. */
  addText(path: string, text: string, spans: readonly ChunkSpan[]): void {
    runToCompletion(this.addTextIncrementally(path, text, spans));
  }

  /** The same in steps of a few lines. Nothing else may be added in between. */
  *addTextIncrementally(path: string, text: string, spans: readonly ChunkSpan[]): Generator<void> {
    const tokenStart = this.#tokens.length;
    yield* lexIncrementally(text, this.#vocabulary, this.#tokens);
    this.#addFile(path, tokenStart, chunksOf(spans, this.#tokens, tokenStart));
  }

  /** Adds a file of another segment. */
  addFile(segment: Segment, file: SegmentFile): void {
    const tokenStart = this.#tokens.length;
    const shift = tokenStart - file.tokenStart;
    for (let at = file.tokenStart; at < file.tokenEnd; at++) {
      this.#tokens.push(this.#translate(segment.tokens[at] ?? 0, segment.words));
    }
    const chunks = file.chunks.map((chunk) => ({
      ...chunk,
      tokenStart: chunk.tokenStart + shift,
      tokenEnd: chunk.tokenEnd + shift,
    }));
    this.#addFile(file.path, tokenStart, chunks);
  }

  build(): Segment {
    const words = this.#vocabulary.texts();
    return { words, tokens: new Uint32Array(this.#tokens), files: this.#files };
  }

  #translate(token: Token, words: readonly string[]): Token {
    const word = wordOf(token);
    if (word === LINE_BREAK) return token;
    return packToken(this.#vocabulary.intern(words[word - 1] ?? ''), gapOf(token));
  }

  #addFile(path: string, tokenStart: number, chunks: readonly SegmentChunk[]): void {
    this.#files.push({ path, tokenStart, tokenEnd: this.#tokens.length, chunks });
  }
}

/** The token ranges of consecutive spans of a file whose tokens are those from `from`, the last span taking the rest. */
function chunksOf(
  spans: readonly ChunkSpan[],
  tokens: readonly Token[],
  from: number,
): readonly SegmentChunk[] {
  let line = 1;
  let at = from;
  return spans.map(({ startLine, endLine }, index) => {
    const tokenStart = at;
    if (index === spans.length - 1) return { startLine, endLine, tokenStart, tokenEnd: tokens.length };
    while (line <= endLine) if (wordOf(tokens[++at] ?? 0) === LINE_BREAK) line++;
    return { startLine, endLine, tokenStart, tokenEnd: at };
  });
}
