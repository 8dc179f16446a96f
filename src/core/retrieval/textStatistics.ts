import type { ImageReader, ImageWriter } from '../memory/image.ts';

/** How many live texts of one kind there are and how long they are, in terms. */
export class TextStatistics {
  #count: number;
  #total: number;

  constructor(image?: ImageReader) {
    const [count = 0, low = 0, high = 0] = image?.numbers() ?? [];
    this.#count = count;
    this.#total = high * 2 ** 32 + low;
  }

  save(image: ImageWriter): void {
    image.numbers(Uint32Array.of(this.#count, this.#total % 2 ** 32, this.#total / 2 ** 32));
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

  /** A text of this length is there. */
  add(length: number): void {
    this.#count++;
    this.#total += length;
  }

  /** It is gone. */
  remove(length: number): void {
    this.#count--;
    this.#total -= length;
  }
}
