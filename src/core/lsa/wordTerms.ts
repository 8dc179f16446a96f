import { subTokens } from '../text/subTokens.ts';

const WORDS = /[\p{L}\p{N}\p{M}_$]+/gu;

/** Words remembered with their terms; a workspace's vocabulary is about this large. */
const MEMORY = 200_000;

/** The numbers of the terms in texts, each word worked out once. */
export class WordTerms {
  readonly #numberOf: (term: string) => number | undefined;
  readonly #known = new Map<string, readonly number[]>();

  /** `numberOf` gives a term's number, or `undefined` for a term that has none. */
  constructor(numberOf: (term: string) => number | undefined) {
    this.#numberOf = numberOf;
  }

  /** Shows the number of every term of the text in order; -1 for those that have none. */
  visit(text: string, visitor: (term: number) => void): void {
    for (const word of text.match(WORDS) ?? []) for (const term of this.#termsOf(word)) visitor(term);
  }

  #termsOf(word: string): readonly number[] {
    let terms = this.#known.get(word);
    if (terms === undefined) {
      if (this.#known.size >= MEMORY) this.#known.clear();
      terms = subTokens(word).map((term) => this.#numberOf(term) ?? -1);
      // A slice of a long text would keep all of it in memory.
      this.#known.set(word.length < 13 ? word : ` ${word}`.slice(1), terms);
    }
    return terms;
  }
}
