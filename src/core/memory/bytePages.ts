import { ImageCorruptError } from '../errors/storeErrors.ts';
import { assertImage, type ImageReader, type ImageWriter } from './image.ts';
import { PAGE_BITS, Pages } from './pages.ts';

/** Bytes in a page. */
const BYTE_BITS = PAGE_BITS + 2;
export const PAGE_BYTES = 1 << BYTE_BITS;
const BYTE_MASK = PAGE_BYTES - 1;
/** Items have at most eight bytes. None begins behind this place of a page, so none lies in two. */
export const LAST_ITEM = PAGE_BYTES - 8;

export function pageOf(address: number): number {
  return address >>> BYTE_BITS;
}

export function placeOf(address: number): number {
  return address & BYTE_MASK;
}

/**
 * Lists of small items in pages of bytes, written once, one list after the other. Whoever reads goes on at the beginning of
 * the next page once the place in this one is beyond `LAST_ITEM`. Address 0 is that of no list.
 */
export class BytePages {
  readonly #pages: Pages;
  readonly #views: (Uint8Array | undefined)[] = [];
  #end: number;
  #view: Uint8Array = new Uint8Array(0);

  constructor(image?: ImageReader) {
    this.#end = image?.numbers()[0] ?? 1;
    this.#pages = image?.pages() ?? new Pages();
    assertImage(this.#end <= Math.max(1, this.#pages.count * PAGE_BYTES), 'bytes beyond the pages');
  }

  save(image: ImageWriter): void {
    image.numbers(Uint32Array.of(this.#end));
    image.pages(this.#pages);
  }

  /** Where the next item begins; to be called before each. */
  begin(): number {
    if ((this.#end & BYTE_MASK) > LAST_ITEM) this.#end = (this.#end | BYTE_MASK) + 1;
    const page = this.#end >>> BYTE_BITS;
    if (page === this.#pages.count) this.#pages.add();
    this.#view = this.page(page);
    return this.#end;
  }

  /** Appends a byte to the item that was begun. */
  put(byte: number): void {
    this.#view[this.#end++ & BYTE_MASK] = byte;
  }

  /** Appends a number below 2^32 to the item that was begun: seven bits a byte, the lowest first. */
  putNumber(value: number): void {
    let rest = value;
    for (; rest > 127; rest >>>= 7) this.put((rest & 127) | 128);
    this.put(rest);
  }

  page(page: number): Uint8Array {
    return this.#views[page] ?? this.#viewOf(page);
  }

  /** Bytes written. */
  get size(): number {
    return this.#end;
  }

  /** Bytes held by the pages that are here. */
  get heldBytes(): number {
    return this.#pages.heldBytes;
  }

  /** Reads what of restored pages is not in memory yet. */
  fetchIncrementally(): Generator<void> {
    return this.#pages.fetchIncrementally();
  }

  #viewOf(page: number): Uint8Array {
    const numbers = this.#pages.at(page);
    if (numbers === undefined) throw new ImageCorruptError(`no page ${page}`);
    return (this.#views[page] = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
  }
}
