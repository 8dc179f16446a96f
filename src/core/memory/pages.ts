/** Numbers in a page. */
export const PAGE_BITS = 16;
export const PAGE_SIZE = 1 << PAGE_BITS;
export const PAGE_MASK = PAGE_SIZE - 1;
/** Addresses have 32 bits. */
export const MAX_PAGES = 2 ** (32 - PAGE_BITS);

/** Where pages come from that are not in memory yet. */
export interface PageSource {
  /** How many pages there are. */
  readonly count: number;
  /** Whether there is such a page: those that were dropped are not kept. */
  has(page: number): boolean;
  /** Reads a page, at once; it belongs to the caller. Throws an `ImageCorruptError` when that cannot be done. */
  read(page: number): Uint32Array;
}

/**
 * 32-bit numbers in pages of `PAGE_SIZE`. Growing copies nothing, and pages of a source are read when they are first
 * wanted: most are, sooner or later, but not before the first question can be answered.
 */
export class Pages {
  readonly #pages: (Uint32Array | undefined)[] = [];
  readonly #source: PageSource | undefined;
  /** Pages of the source that are neither here nor dropped. */
  readonly #missing = new Set<number>();

  constructor(source?: PageSource) {
    this.#source = source;
    this.#pages.length = source?.count ?? 0;
    for (let page = 0; page < this.#pages.length; page++) if (source?.has(page)) this.#missing.add(page);
  }

  /** One more than the number of the last page; dropped ones count. */
  get count(): number {
    return this.#pages.length;
  }

  /** `undefined` for a page that was dropped or never added. */
  at(page: number): Uint32Array | undefined {
    return this.#pages[page] ?? this.#fetch(page);
  }

  /** Whether there is such a page, be it here or not. */
  has(page: number): boolean {
    return this.#pages[page] !== undefined || this.#missing.has(page);
  }

  /** Adds a page of zeros after the last. */
  add(): void {
    this.#pages.push(new Uint32Array(PAGE_SIZE));
  }

  /** Numbers keep their places; those of this page are gone. */
  drop(page: number): void {
    this.#pages[page] = undefined;
    this.#missing.delete(page);
  }

  /** Reads what is still missing, a page a step. */
  *fetchIncrementally(): Generator<void> {
    for (const page of this.#missing) {
      this.#fetch(page);
      yield;
    }
  }

  /** Bytes held by the pages that are here. */
  get heldBytes(): number {
    return this.#pages.reduce((bytes, page) => bytes + (page?.byteLength ?? 0), 0);
  }

  #fetch(page: number): Uint32Array | undefined {
    if (!this.#missing.has(page)) return undefined;
    const numbers = this.#source?.read(page);
    this.#pages[page] = numbers;
    this.#missing.delete(page);
    return numbers;
  }
}
