import type { Segment } from '../indexing/segment.ts';
import type { Words } from '../text/words.ts';
import { nameTokens, subTokens } from '../text/subTokens.ts';

/** What the index needs to know of each word of a segment, worked out once a word. */
export class SegmentWords {
  /** Role of each word id; see `wordRole.ts`. */
  readonly roles: Uint8Array;
  readonly #texts: readonly string[];
  readonly #vocabulary: Words;
  readonly #terms: (readonly number[] | undefined)[];
  readonly #nameTerms = new Map<number, readonly number[]>();

  /** Gives terms ids of `vocabulary`, which grows. `roles` are those of the segment's words. */
  constructor(segment: Segment, roles: Uint8Array, vocabulary: Words) {
    this.#texts = segment.words;
    this.#vocabulary = vocabulary;
    this.#terms = new Array<readonly number[] | undefined>(segment.words.length + 1);
    this.roles = roles;
  }

  /** Ids of the word's sub-tokens. */
  terms(word: number): readonly number[] {
    return (this.#terms[word] ??= subTokens(this.text(word)).map((term) => this.#vocabulary.intern(term)));
  }

  /** The same where the word is a name, of which nothing is left out. */
  nameTerms(word: number): readonly number[] {
    let terms = this.#nameTerms.get(word);
    if (terms === undefined) {
      terms = nameTokens(this.text(word)).map((term) => this.#vocabulary.intern(term));
      this.#nameTerms.set(word, terms);
    }
    return terms;
  }

  text(word: number): string {
    return this.#texts[word - 1] ?? '';
  }
}
