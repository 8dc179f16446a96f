import { LINE_BREAK, wordOf, type Token } from '../text/lexer.ts';
import { BOUNDARY } from './anchor.ts';
import type { TokenCorpus } from './tokenCorpus.ts';

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
