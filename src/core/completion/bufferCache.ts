import type { Interner } from '../text/lexer.ts';
import { lexBuffer, relexBuffer, type LexedBuffer } from './lexedBuffer.ts';

const MAX_BUFFERS = 8;

/** Lexed live buffers, most recently used last; a keystroke re-lexes only the lines it changed. */
export class BufferCache {
  readonly #words: Interner;
  readonly #buffers = new Map<string, LexedBuffer>();

  constructor(words: Interner) {
    this.#words = words;
  }

  lex(path: string, text: string): LexedBuffer {
    const old = this.#buffers.get(path);
    const lexed = old === undefined ? lexBuffer(text, this.#words) : relexBuffer(old, text, this.#words);
    this.#buffers.delete(path);
    this.#buffers.set(path, lexed);
    for (const oldest of this.#buffers.keys()) {
      if (this.#buffers.size <= MAX_BUFFERS) break;
      this.#buffers.delete(oldest);
    }
    return lexed;
  }
}
