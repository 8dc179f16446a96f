import type { ImageReader, ImageWriter } from '../memory/image.ts';
import { NumberColumn } from '../memory/numberColumn.ts';

/** How many live texts of one kind there are and how long they are, in terms. */
export class TextStatistics {
  readonly #lengths: NumberColumn;
  #count: number;
  #total: number;

  constructor(image?: ImageReader) {
    const [count = 0, low = 0, high = 0] = image?.numbers() ?? [];
    this.#count = count;
    this.#total = high * 2 ** 32 + low;
    this.#lengths = new NumberColumn(image?.numbers());
  }

  save(image: ImageWriter): void {
    image.numbers(Uint32Array.of(this.#count, this.#total % 2 ** 32, this.#total / 2 ** 32));
    image.numbers(this.#lengths.data);
  }

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
