import { ImageCorruptError } from '../errors/storeErrors.ts';
import { PAGE_BITS, PAGE_MASK, PAGE_SIZE, Pages } from './pages.ts';

/** Blocks of 2^class numbers, handed out from pages and reused after `free`. Address 0 is never given out. */
export class BlockPool {
  // A block never straddles pages.
  readonly #pages = new Pages();
  readonly #freed: (number[] | undefined)[] = [];
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
    const page = this.#pages.at(address >>> PAGE_BITS);
    if (page === undefined) throw new ImageCorruptError(`no block at address ${address}`);
    return page;
  }

  offset(address: number): number {
    return address & PAGE_MASK;
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
