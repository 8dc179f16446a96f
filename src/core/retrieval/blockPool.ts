// A block never straddles pages, so growing the pool copies nothing and never pauses.
const PAGE_BITS = 16;
const PAGE_SIZE = 1 << PAGE_BITS;
const PAGE_MASK = PAGE_SIZE - 1;

/** Blocks of 2^class numbers, handed out from fixed pages and reused after `free`. Address 0 is never given out. */
export class BlockPool {
  readonly #pages: Uint32Array[] = [];
  readonly #freed: number[][] = [];
  #next = 0;

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
    const page = this.#pages[address >>> PAGE_BITS];
    if (page === undefined) throw new RangeError(`No block at address ${address}.`);
    return page;
  }

  offset(address: number): number {
    return address & PAGE_MASK;
  }

  /** Bytes held, free blocks included. */
  get byteLength(): number {
    return this.#pages.length * PAGE_SIZE * Uint32Array.BYTES_PER_ELEMENT;
  }

  #carve(size: number): number {
    const left = this.#pages.length * PAGE_SIZE - this.#next;
    if (left < size) {
      this.#next = this.#pages.length * PAGE_SIZE + (this.#pages.length === 0 ? size : 0);
      this.#pages.push(new Uint32Array(PAGE_SIZE));
    }
    const address = this.#next;
    this.#next += size;
    return address;
  }
}
