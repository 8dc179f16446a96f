/** A cell is eight numbers of 32 bits, beginning at `text << CELL_BITS`. */
export const CELL_BITS = 3;
/** File id + 1; 0 for a text that is not live. */
export const OWNER = 0;
/** In terms. */
export const LENGTH = 1;
/** The chunk of a definition; of a chunk, itself. */
export const CHUNK = 2;
/** Of a chunk: its place in its file. */
export const ORDINAL = 3;

/** The same as four numbers of 64 bits, beginning at `text << SCORE_BITS`, the last two of which are for scores. */
export const SCORE_BITS = 2;
export const SCORE = 2;
/** Of a chunk: the best score among its definitions. */
export const BEST = 3;

type Lane = typeof OWNER | typeof LENGTH | typeof CHUNK | typeof ORDINAL;

const FIRST_SIZE = 64;

/**
 * What scoring looks at of each text, and its scores, side by side: once other work has had the processor's caches,
 * fetching them from four places takes longer than all arithmetic. Scores are 0 but during a query.
 */
export class TextCells {
  #numbers: Uint32Array;
  #scores: Float64Array;

  /** With room for texts below `size`. */
  constructor(size: number) {
    this.#numbers = new Uint32Array(Math.max(size, FIRST_SIZE) << CELL_BITS);
    this.#scores = new Float64Array(this.#numbers.buffer);
  }

  /** Valid until the next `set`. */
  get numbers(): Uint32Array {
    return this.#numbers;
  }

  /** The same memory. Valid until the next `set`. */
  get scores(): Float64Array {
    return this.#scores;
  }

  get(text: number, lane: Lane): number {
    return this.#numbers[(text << CELL_BITS) + lane] ?? 0;
  }

  /** What this lane of all texts below `size` has. */
  column(lane: Lane, size: number): Uint32Array {
    return Uint32Array.from({ length: size }, (_, text) => this.get(text, lane));
  }

  set(text: number, lane: Lane, value: number): void {
    const at = (text << CELL_BITS) + lane;
    if (at >= this.#numbers.length) this.#grow(text + 1);
    this.#numbers[at] = value;
  }

  #grow(size: number): void {
    const grown = new Uint32Array(Math.max(size << CELL_BITS, this.#numbers.length * 2));
    grown.set(this.#numbers);
    this.#numbers = grown;
    this.#scores = new Float64Array(grown.buffer);
  }
}
