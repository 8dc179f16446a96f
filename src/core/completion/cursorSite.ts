import {
  gapFor,
  type Interner,
  isWordCode,
  lex,
  LINE_BREAK,
  packToken,
  type Token,
  wordOf,
} from '../text/lexer.ts';
import { BOUNDARY } from './anchor.ts';
import { type LexedBuffer, lineAt } from './lexedBuffer.ts';
import type { TokenCorpus } from './tokenCorpus.ts';

/** Where the cursor stands in a text. */
export interface CursorLine {
  readonly text: string;
  readonly offset: number;
  /** The cursor's line without its line ending, before and after the cursor. */
  readonly linePrefix: string;
  readonly lineSuffix: string;
  readonly isBlankPrefix: boolean;
}

/** The same as tokens. */
export interface CursorSite extends CursorLine {
  /** The word characters just left of the cursor. */
  readonly partial: string;
  /** White space stands just left of the cursor, or the line begins there. */
  readonly isAfterSpace: boolean;
  /** The file's tokens with a boundary before, after, and at the cursor. */
  readonly tokens: Uint32Array;
  /** Index in `tokens` of the boundary at the cursor. */
  readonly cursor: number;
  /** The same as a position in a `TokenSpace`. */
  readonly cursorPosition: number;
  /** Index in `tokens` of the line break that follows the cursor's line, or of the last boundary. */
  readonly nextLine: number;
}

const BOUNDARY_TOKEN = packToken(BOUNDARY, 0);

/** Looks around the cursor at `offset` of the buffer; `words` is the interner that the buffer was lexed with. */
export function cursorSite(buffer: LexedBuffer, offset: number, words: Interner): CursorSite {
  const { text } = buffer;
  const line = lineAt(buffer.lineOffsets, offset);
  const around = cursorLine(text, offset, buffer.lineOffsets[line] ?? 0);
  const { linePrefix, lineSuffix, isBlankPrefix } = around;
  const left = isBlankPrefix ? [packToken(LINE_BREAK, indentationGap(linePrefix))] : lex(linePrefix, words);
  const right = lex(lineSuffix, words).slice(1);
  const above = buffer.tokens.subarray(0, buffer.lineTokens[line] ?? 0);
  const below = buffer.tokens.subarray(buffer.lineTokens[line + 1] ?? buffer.tokens.length);
  const cursor = 1 + above.length + left.length;
  const nextLine = cursor + 1 + right.length;
  const tokens = new Uint32Array(nextLine + below.length + 1).fill(BOUNDARY_TOKEN);
  tokens.set(above, 1);
  tokens.set(left, 1 + above.length);
  tokens.set(right, cursor + 1);
  tokens.set(below, nextLine);
  return {
    ...around,
    partial: wordEndingAt(linePrefix),
    isAfterSpace: linePrefix === '' || /\s$/.test(linePrefix),
    tokens,
    cursor,
    cursorPosition: LIVE + cursor,
    nextLine,
  };
}

/** The cursor's line; `lineStart` is looked for unless given. */
export function cursorLine(text: string, offset: number, lineStart = startOfLine(text, offset)): CursorLine {
  const linePrefix = text.slice(lineStart, offset);
  return {
    text,
    offset,
    linePrefix,
    lineSuffix: text.slice(offset, endOfLine(text, offset)),
    isBlankPrefix: linePrefix.trim() === '',
  };
}

/** The lexer gives blank lines no indentation; what is typed before the cursor is meant as one. */
function indentationGap(blank: string): number {
  const tabs = blank.split('\t').length - 1;
  return gapFor(tabs, blank.length - tabs);
}

function startOfLine(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && text.charCodeAt(at - 1) !== 10 && text.charCodeAt(at - 1) !== 13) at--;
  return at;
}

function endOfLine(text: string, offset: number): number {
  let at = offset;
  while (at < text.length && text.charCodeAt(at) !== 10 && text.charCodeAt(at) !== 13) at++;
  return at;
}

function wordEndingAt(prefix: string): string {
  let start = prefix.length;
  while (start > 0 && isWordCode(prefix.charCodeAt(start - 1))) start--;
  return prefix.slice(start);
}

/** Positions from here on are those of the live buffer. */
export const LIVE = 2 ** 30;

/** The workspace and the live buffer as one range of positions. */
export class TokenSpace {
  readonly corpus: TokenCorpus;
  readonly live: Uint32Array;

  constructor(corpus: TokenCorpus, live: Uint32Array) {
    this.corpus = corpus;
    this.live = live;
  }

  tokenAt(position: number): Token {
    return position >= LIVE ? (this.live[position - LIVE] ?? 0) : this.corpus.tokenAt(position);
  }

  wordAt(position: number): number {
    return wordOf(this.tokenAt(position));
  }

  /** The tokens from `position` up to the end of its line, at most `limit`. */
  restOfLine(position: number, limit: number): Token[] {
    const rest: Token[] = [];
    for (let at = position; rest.length < limit; at++) {
      const token = this.tokenAt(at);
      const word = wordOf(token);
      if (word === LINE_BREAK || word === BOUNDARY) break;
      rest.push(token);
    }
    return rest;
  }
}
