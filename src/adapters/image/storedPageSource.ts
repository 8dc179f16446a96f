import { readSync } from 'node:fs';
import { ImageCorruptError } from '../../core/errors/storeErrors.ts';
import type { PageSource } from '../../core/memory/pages.ts';
import { checksumOf, PAGE_BYTES, type StoredPages } from './imageFormat.ts';

/** Reads pages from an open image file, each checked. */
export class StoredPageSource implements PageSource {
  readonly #fd: number;
  readonly #crcs: StoredPages['crcs'];
  /** By page: its place in the file. */
  readonly #places: readonly number[];

  constructor(fd: number, { at, crcs }: StoredPages) {
    this.#fd = fd;
    this.#crcs = crcs;
    let next = at;
    this.#places = crcs.map((crc) => (crc === null ? next : (next += PAGE_BYTES) - PAGE_BYTES));
  }

  get count(): number {
    return this.#crcs.length;
  }

  has(page: number): boolean {
    return typeof this.#crcs[page] === 'number';
  }

  read(page: number): Uint32Array {
    const numbers = new Uint32Array(PAGE_BYTES / Uint32Array.BYTES_PER_ELEMENT);
    const bytes = new Uint8Array(numbers.buffer);
    try {
      const count = readSync(this.#fd, bytes, 0, PAGE_BYTES, this.#places[page] ?? 0);
      if (count === PAGE_BYTES && checksumOf(bytes) === this.#crcs[page]) return numbers;
    } catch (error) {
      throw new ImageCorruptError('a page cannot be read', { cause: error });
    }
    throw new ImageCorruptError('wrong checksum of a page');
  }
}
