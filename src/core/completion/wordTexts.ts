import type { Words } from '../text/words.ts';

const MAX_KNOWN = 1 << 14;

/**
 * Texts of words that were asked for lately: the packed vocabulary decodes a word each time, and while somebody types the
 * words around the cursor are asked for again and again.
 */
export class WordTexts {
  readonly #words: Pick<Words, 'textOf'>;
  readonly #known = new Map<number, string>();

  constructor(words: Pick<Words, 'textOf'>) {
    this.#words = words;
  }

  textOf(word: number): string {
    const known = this.#known.get(word);
    if (known !== undefined) return known;
    if (this.#known.size >= MAX_KNOWN) this.#known.clear();
    const text = this.#words.textOf(word);
    this.#known.set(word, text);
    return text;
  }
}
