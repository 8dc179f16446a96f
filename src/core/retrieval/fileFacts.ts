import { NumberColumn } from '../memory/numberColumn.ts';
import type { TextSet } from './textSet.ts';

/** Four numbers a file, beginning at `file << FACT_BITS`. */
export const FACT_BITS = 2;
/** Sum of its chunks' lengths, in terms. */
export const FILE_LENGTH = 0;
const FIRST_TEXT = 1;
const END_TEXT = 2;
const TEXT_COUNT = 3;

/** What scoring looks at of each file, side by side. */
export class FileFacts {
  readonly #facts = new NumberColumn();

  /** For inner loops; valid until the next change. */
  get data(): Uint32Array {
    return this.#facts.data;
  }

  /** The file is new, or another one than before. */
  begin(file: number): void {
    const at = file << FACT_BITS;
    for (let lane = 0; lane < 1 << FACT_BITS; lane++) this.#facts.set(at + lane, 0);
  }

  setLength(file: number, length: number): void {
    this.#facts.set((file << FACT_BITS) + FILE_LENGTH, length);
  }

  length(file: number): number {
    return this.#facts.get((file << FACT_BITS) + FILE_LENGTH);
  }

  /** The texts from `start` to before `end` are the file's, too. */
  addTexts(file: number, start: number, end: number): void {
    const at = file << FACT_BITS;
    const count = this.#facts.get(at + TEXT_COUNT);
    const first = count === 0 ? start : Math.min(start, this.#facts.get(at + FIRST_TEXT));
    this.#facts.set(at + FIRST_TEXT, first);
    this.#facts.set(at + END_TEXT, Math.max(end, this.#facts.get(at + END_TEXT)));
    this.#facts.set(at + TEXT_COUNT, count + end - start);
  }

  /** Adds the file's texts to a set that has room for them; only if their ids follow one another, as nearly always. */
  addTextsTo(set: TextSet, file: number): boolean {
    const at = file << FACT_BITS;
    const first = this.#facts.get(at + FIRST_TEXT);
    const end = this.#facts.get(at + END_TEXT);
    if (end - first !== this.#facts.get(at + TEXT_COUNT)) return false;
    set.addRange(first, end);
    return true;
  }
}
