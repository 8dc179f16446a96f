import { NumberColumn } from './numberColumn.ts';

/** How many live texts of one kind there are and how long they are, in terms. */
export class TextStatistics {
  readonly #lengths = new NumberColumn();
  #count = 0;
  #total = 0;

  get count(): number {
    return this.#count;
  }

  get total(): number {
    return this.#total;
  }

  /** At least 1, so that one may divide by it. */
  get meanLength(): number {
    return Math.max(1, this.#total / Math.max(1, this.#count));
  }

  add(text: number, length: number): void {
    this.#lengths.set(text, length);
    this.#count++;
    this.#total += length;
  }

  remove(text: number): void {
    this.#count--;
    this.#total -= this.#lengths.get(text);
  }

  /** By text. For inner loops; read anew after every change. */
  get lengths(): Uint32Array {
    return this.#lengths.data;
  }
}
