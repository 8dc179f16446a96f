import type { Segment } from '../indexing/segment.ts';
import { LINE_BREAK } from '../text/lexer.ts';
import type { Words } from '../text/words.ts';

/** Translates a segment's word ids to the vocabulary's; remembers the segment used last. */
export class SegmentWords {
  readonly #vocabulary: Words;
  #segment: WeakRef<Segment> | undefined;
  #ids = new Uint32Array(0);

  constructor(vocabulary: Words) {
    this.#vocabulary = vocabulary;
  }

  /** A look-up for `segment`; words are interned when first asked for. */
  of(segment: Segment): (word: number) => number {
    if (this.#segment?.deref() !== segment) {
      this.#segment = new WeakRef(segment);
      this.#ids = new Uint32Array(segment.words.length + 1);
    }
    const ids = this.#ids;
    const vocabulary = this.#vocabulary;
    return (word) => {
      if (word === LINE_BREAK) return LINE_BREAK;
      const known = ids[word] ?? 0;
      if (known !== 0) return known;
      const id = vocabulary.intern(segment.words[word - 1] ?? '');
      ids[word] = id;
      return id;
    };
  }
}
