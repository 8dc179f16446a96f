import type { Segment } from '../indexing/segment.ts';
import type { Vocabulary } from '../text/vocabulary.ts';
import { subTokens } from './subTokens.ts';
import { roleOf } from './wordRole.ts';

/** What the index needs to know of each word of a segment, worked out once a word. */
export class SegmentWords {
  /** Role of each word id; see `wordRole.ts`. */
  readonly roles: Uint8Array;
  readonly #texts: readonly string[];
  readonly #vocabulary: Vocabulary;
  readonly #terms: (readonly number[] | undefined)[];

  /** Gives terms ids of `vocabulary`, which grows. */
  constructor(segment: Segment, vocabulary: Vocabulary) {
    this.#texts = segment.words;
    this.#vocabulary = vocabulary;
    this.#terms = new Array<readonly number[] | undefined>(segment.words.length + 1);
    this.roles = new Uint8Array(segment.words.length + 1);
    this.roles[0] = roleOf('\n');
    for (const [at, text] of segment.words.entries()) this.roles[at + 1] = roleOf(text);
  }

  /** Ids of the word's sub-tokens. */
  terms(word: number): readonly number[] {
    return (this.#terms[word] ??= subTokens(this.text(word)).map((term) => this.#vocabulary.intern(term)));
  }

  text(word: number): string {
    return this.#texts[word - 1] ?? '';
  }
}
