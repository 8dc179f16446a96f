import { assertImage, type ImageReader, type ImageWriter } from './image.ts';
import { PAGE_BITS, PAGE_MASK, PAGE_SIZE, Pages } from './pages.ts';

/** An append-only list of 32-bit numbers that grows without copying and can forget its beginning. */
export class GrowingUint32 {
  readonly #pages: Pages;
  #length: number;

  constructor(image?: ImageReader) {
    this.#length = image?.numbers()[0] ?? 0;
    this.#pages = image?.pages() ?? new Pages();
    assertImage(this.#pages.count === Math.ceil(this.#length / PAGE_SIZE), 'a list of another length');
  }

  save(image: ImageWriter): void {
    image.numbers(Uint32Array.of(this.#length));
    image.pages(this.#pages);
  }

  get length(): number {
    return this.#length;
  }

  /** The value at `index`; 0 outside of what is held. */
  at(index: number): number {
    return this.#pages.at(index >>> PAGE_BITS)?.[index & PAGE_MASK] ?? 0;
  }

  push(value: number): void {
    const index = this.#length++;
    if ((index & PAGE_MASK) === 0) this.#pages.add();
    const page = this.#pages.at(index >>> PAGE_BITS);
    if (page !== undefined) page[index & PAGE_MASK] = value;
  }

  /** Whether the values from `index` on are there. */
  holdsFrom(index: number): boolean {
    for (let page = index >>> PAGE_BITS; page < this.#pages.count; page++)
      if (!this.#pages.has(page)) return false;
    return true;
  }

  /** Frees whole pages below `index`; indices keep their meaning. */
  dropBelow(index: number): void {
    for (let page = (index >>> PAGE_BITS) - 1; page >= 0 && this.#pages.has(page); page--)
      this.#pages.drop(page);
  }

  /** Reads what of a restored list is not in memory yet. */
  fetchIncrementally(): Generator<void> {
    return this.#pages.fetchIncrementally();
  }

  get heldBytes(): number {
    return this.#pages.heldBytes;
  }
}
