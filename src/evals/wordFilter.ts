import { stableHash } from './stableHash.ts';

const BITS = 25;

/**
 * Remembers words in 4 MB, however many. It may take a word for known that is not, and never the other way round, so
 * what it does not know is certainly new. Letter case and underscores do not count.
 */
export class WordFilter {
  readonly #bits = new Uint32Array(1 << (BITS - 5));

  add(word: string): void {
    const at = positionOf(word);
    this.#bits[at >>> 5] = (this.#bits[at >>> 5] ?? 0) | (1 << (at & 31));
  }

  mayHave(word: string): boolean {
    const at = positionOf(word);
    return ((this.#bits[at >>> 5] ?? 0) & (1 << (at & 31))) !== 0;
  }
}

function positionOf(word: string): number {
  return stableHash(0, word.toLowerCase().replaceAll('_', '')) >>> (32 - BITS);
}
