import { ImageCorruptError } from '../errors/storeErrors.ts';
import { assertImage, type ImageReader, type ImageWriter } from './image.ts';
import { PAGE_BITS, PAGE_MASK, PAGE_SIZE, Pages } from './pages.ts';

/** Blocks of 2^class numbers, handed out from pages and reused after `free`. Address 0 is never given out. */
export class BlockPool {
  // A block never straddles pages.
  readonly #pages: Pages;
  readonly #freed: (number[] | undefined)[];
  #next: number;

  constructor(image?: ImageReader) {
    const [next = 0, classes = 0] = image?.numbers() ?? [];
    assertImage(classes <= PAGE_BITS, 'too many sizes of blocks');
    this.#next = next;
    this.#freed = Array.from({ length: classes }, () => [...(image?.numbers() ?? [])]);
    this.#pages = image?.pages() ?? new Pages();
    assertImage(next <= this.capacity, 'a pool that ends beyond its pages');
    for (const [sizeClass, addresses] of this.#freed.entries()) {
      assertImage(
        addresses?.every((address) => this.holds(address, 1 << sizeClass)) ?? true,
        'free blocks beyond the pool',
      );
    }
  }

  save(image: ImageWriter): void {
    image.numbers(Uint32Array.of(this.#next, this.#freed.length));
    for (let sizeClass = 0; sizeClass < this.#freed.length; sizeClass++) {
      image.numbers(Uint32Array.from(this.#freed[sizeClass] ?? []));
    }
    image.pages(this.#pages);
  }

  /** Numbers in all pages. */
  get capacity(): number {
    return this.#pages.count * PAGE_SIZE;
  }

  /** Whether a block of this size can lie there. */
  holds(address: number, size: number): boolean {
    return address + size <= this.#next && (address & PAGE_MASK) + size <= PAGE_SIZE;
  }

  /** The address of a block whose first number is 0; the rest is whatever was there. */
  allocate(sizeClass: number): number {
    const address = this.#freed[sizeClass]?.pop() ?? this.#carve(1 << sizeClass);
    this.page(address)[this.offset(address)] = 0;
    return address;
  }

  free(address: number, sizeClass: number): void {
    (this.#freed[sizeClass] ??= []).push(address);
  }

  page(address: number): Uint32Array {
    const page = this.#pages.at(address >>> PAGE_BITS);
    if (page === undefined) throw new ImageCorruptError(`no block at address ${address}`);
    return page;
  }

  offset(address: number): number {
    return address & PAGE_MASK;
  }

  /** Reads what of a restored pool is not in memory yet. */
  fetchIncrementally(): Generator<void> {
    return this.#pages.fetchIncrementally();
  }

  /** Bytes held, free blocks included. */
  get byteLength(): number {
    return this.#pages.heldBytes;
  }

  #carve(size: number): number {
    const left = this.#pages.count * PAGE_SIZE - this.#next;
    if (left < size) {
      this.#next = this.#pages.count * PAGE_SIZE + (this.#pages.count === 0 ? size : 0);
      this.#pages.add();
    }
    const address = this.#next;
    this.#next += size;
    return address;
  }
}
