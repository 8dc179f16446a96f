import { GrowingUint32 } from './growingUint32.ts';
import { assertImage, type ImageReader, type ImageWriter } from './image.ts';
import { PAGE_BITS, PAGE_MASK, PAGE_SIZE, Pages } from './pages.ts';

/** How many blocks have their codes in one page. */
const BLOCK_BITS = 1;

/**
 * An append-only list of 32-bit numbers, many of which are equal to others near them, that can forget its beginning. Blocks
 * of 65,536 can be packed once they are complete: a block has no more different numbers than there are codes of 16 bits, and
 * of the values of source a fifteenth of that. So a number takes a little more than two bytes instead of four, and is still
 * one look-up away.
 */
export class CodedUint32 {
  /** The numbers of blocks that are not packed. */
  readonly #plain: GrowingUint32;
  /** Two codes a number, block after block. */
  readonly #codes: Pages;
  /** The different numbers of each packed block by their codes, which lie in one page. */
  readonly #values: Pages;
  #valuesEnd: number;
  /** By packed block: where its different numbers begin, and how many there are. */
  readonly #starts: number[];
  readonly #counts: number[];
  /** The same by packed block, once somebody asked for it. */
  readonly #codesOf: (Uint16Array | undefined)[] = [];
  readonly #valuesOf: (Uint32Array | undefined)[] = [];

  constructor(image?: ImageReader) {
    this.#plain = new GrowingUint32(image);
    this.#codes = image?.pages() ?? new Pages();
    this.#values = image?.pages() ?? new Pages();
    this.#valuesEnd = image?.numbers()[0] ?? 0;
    this.#starts = [...(image?.numbers() ?? [])];
    this.#counts = [...(image?.numbers() ?? [])];
    assertImage(
      this.#counts.length === this.#starts.length &&
        this.#counts.length * PAGE_SIZE <= this.#plain.length &&
        this.#codes.count === Math.ceil(this.#counts.length / (1 << BLOCK_BITS)) &&
        this.#valuesEnd <= this.#values.count * PAGE_SIZE &&
        this.#starts.every((_, block) => this.#isInOnePage(block)),
      'blocks without numbers',
    );
  }

  #isInOnePage(block: number): boolean {
    const [start = 0, count = 0] = [this.#starts[block], this.#counts[block]];
    return (start & PAGE_MASK) + count <= PAGE_SIZE && start + count <= this.#valuesEnd;
  }

  save(image: ImageWriter): void {
    this.#plain.save(image);
    image.pages(this.#codes);
    image.pages(this.#values);
    image.numbers(Uint32Array.of(this.#valuesEnd));
    image.numbers(Uint32Array.from(this.#starts));
    image.numbers(Uint32Array.from(this.#counts));
  }

  /** Reads what of a restored list is not in memory yet. */
  *fetchIncrementally(): Generator<void> {
    yield* this.#values.fetchIncrementally();
    yield* this.#codes.fetchIncrementally();
    yield* this.#plain.fetchIncrementally();
  }

  get length(): number {
    return this.#plain.length;
  }

  push(value: number): void {
    this.#plain.push(value);
  }

  /** The number at `index`; 0 outside of what is held. */
  at(index: number): number {
    const block = index >>> PAGE_BITS;
    const codes = this.#codesOf[block];
    if (codes === undefined) return this.#atFirst(index, block);
    return this.#valuesOf[block]?.[codes[index & PAGE_MASK] ?? 0] ?? 0;
  }

  /** Whether the numbers from `index` on are there. */
  holdsFrom(index: number): boolean {
    const packed = this.#counts.length;
    for (let block = index >>> PAGE_BITS; block < packed; block++) {
      const isThere = this.#values.has((this.#starts[block] ?? 0) >>> PAGE_BITS);
      if (!isThere || !this.#codes.has(block >>> BLOCK_BITS)) return false;
    }
    return this.#plain.holdsFrom(Math.max(index, packed << PAGE_BITS));
  }

  /** Frees whole pages below `index`; indices keep their meaning. The different numbers stay: they take a tenth. */
  dropBelow(index: number): void {
    const blocks = Math.min(index >>> PAGE_BITS, this.#counts.length);
    const pages = blocks >>> BLOCK_BITS;
    for (let page = pages - 1; page >= 0 && this.#codes.has(page); page--) {
      this.#codes.drop(page);
      this.#codesOf.fill(undefined, page << BLOCK_BITS, (page + 1) << BLOCK_BITS);
    }
    this.#plain.dropBelow(index);
  }

  /** Packs the blocks that are complete. In steps of a millisecond or two; between them the list reads as before. */
  *packIncrementally(): Generator<void> {
    const complete = this.length >>> PAGE_BITS;
    if (this.#counts.length === complete) return;
    const coder = new BlockCoder();
    while (this.#counts.length < complete) {
      const from = this.#counts.length << PAGE_BITS;
      coder.read((index) => this.#plain.at(from + index));
      yield;
      const values = coder.rank();
      yield;
      this.#append(values, coder);
      this.#plain.dropBelow(from + PAGE_SIZE);
      yield;
    }
  }

  get heldBytes(): number {
    return this.#plain.heldBytes + this.#codes.heldBytes + this.#values.heldBytes;
  }

  #atFirst(index: number, block: number): number {
    if (block >= this.#counts.length) return this.#plain.at(index);
    const codes = this.#codes.at(block >>> BLOCK_BITS);
    const start = this.#starts[block] ?? 0;
    const values = this.#values.at(start >>> PAGE_BITS);
    if (codes === undefined || values === undefined) return 0;
    const from = start & PAGE_MASK;
    this.#valuesOf[block] = values.subarray(from, from + (this.#counts[block] ?? 0));
    this.#codesOf[block] = codesIn(codes, block);
    return this.at(index);
  }

  #append(values: Uint32Array, coder: BlockCoder): void {
    const block = this.#counts.length;
    if ((this.#valuesEnd & PAGE_MASK) + values.length > PAGE_SIZE)
      this.#valuesEnd = this.#values.count << PAGE_BITS;
    if (this.#valuesEnd >>> PAGE_BITS === this.#values.count) this.#values.add();
    if (block >>> BLOCK_BITS === this.#codes.count) this.#codes.add();
    const [start, codes] = [this.#valuesEnd, this.#codes.at(block >>> BLOCK_BITS)];
    this.#values.at(start >>> PAGE_BITS)?.set(values, start & PAGE_MASK);
    if (codes) coder.write(codesIn(codes, block));
    this.#valuesEnd += values.length;
    this.#starts.push(start);
    this.#counts.push(values.length);
  }
}

/** A block's codes in the page where they lie. */
function codesIn(page: Uint32Array, block: number): Uint16Array {
  const place = block & ((1 << BLOCK_BITS) - 1);
  const at = page.byteOffset + place * PAGE_SIZE * Uint16Array.BYTES_PER_ELEMENT;
  return new Uint16Array(page.buffer, at, PAGE_SIZE);
}

/** At most half of the table is taken. */
const TABLE_BITS = PAGE_BITS + 1;

/** Gives the different numbers of one block after the other codes, the most frequent the lowest: those are near each other. */
class BlockCoder {
  /** By hash: one more than the place among the different ones; 0 for an empty place. */
  readonly #table = new Uint32Array(1 << TABLE_BITS);
  /** In the order they occur in. */
  readonly #values = new Uint32Array(PAGE_SIZE);
  readonly #times = new Uint32Array(PAGE_SIZE);
  readonly #places = new Uint16Array(PAGE_SIZE);
  readonly #codes = new Uint16Array(PAGE_SIZE);
  #count = 0;

  read(valueAt: (index: number) => number): void {
    this.#table.fill(0);
    this.#times.fill(0);
    this.#count = 0;
    for (let index = 0; index < PAGE_SIZE; index++) {
      const place = this.#placeOf(valueAt(index));
      this.#times[place] = (this.#times[place] ?? 0) + 1;
      this.#places[index] = place;
    }
  }

  /** The different numbers by their codes. */
  rank(): Uint32Array {
    const places = Uint32Array.from({ length: this.#count }, (_, place) => place);
    places.sort((a, b) => (this.#times[b] ?? 0) - (this.#times[a] ?? 0) || a - b);
    for (const [code, place] of places.entries()) this.#codes[place] = code;
    return places.map((place) => this.#values[place] ?? 0);
  }

  write(codes: Uint16Array): void {
    for (let index = 0; index < PAGE_SIZE; index++) codes[index] = this.#codes[this.#places[index] ?? 0] ?? 0;
  }

  #placeOf(value: number): number {
    const mask = this.#table.length - 1;
    for (let at = Math.imul(value, 0x9e3779b1) >>> (32 - TABLE_BITS); ; at = (at + 1) & mask) {
      const entry = this.#table[at] ?? 0;
      if (entry === 0) {
        this.#values[this.#count] = value;
        this.#table[at] = this.#count + 1;
        return this.#count++;
      }
      if (this.#values[entry - 1] === value) return entry - 1;
    }
  }
}
