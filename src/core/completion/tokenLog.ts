import { GrowingUint32 } from '../memory/growingUint32.ts';
import { assertImage, type ImageReader, type ImageWriter } from '../memory/image.ts';
import { PAGE_BITS, PAGE_MASK, PAGE_SIZE, Pages } from '../memory/pages.ts';
import type { Token } from '../text/lexer.ts';

/** How many blocks have their codes in one page. */
const BLOCK_BITS = 1;

/**
 * A list of tokens that is appended to and can forget its beginning. Blocks of 65,536 can be packed once they are complete:
 * a block has no more different tokens than there are codes of 16 bits, and in source a fifteenth of that. So a token takes
 * a little more than two bytes instead of four, and is still one look-up away.
 */
export class TokenLog {
  /** The tokens of blocks that are not packed. */
  readonly #plain: GrowingUint32;
  /** Two codes a number, block after block. */
  readonly #codes: Pages;
  /** The different tokens of each packed block by their codes, which lie in one page. */
  readonly #tokens: Pages;
  #tokensEnd: number;
  /** By packed block: where its different tokens begin, and how many there are. */
  readonly #starts: number[];
  readonly #counts: number[];
  /** The same by packed block, once somebody asked for it. */
  readonly #codesOf: (Uint16Array | undefined)[] = [];
  readonly #tokensOf: (Uint32Array | undefined)[] = [];

  constructor(image?: ImageReader) {
    this.#plain = new GrowingUint32(image);
    this.#codes = image?.pages() ?? new Pages();
    this.#tokens = image?.pages() ?? new Pages();
    this.#tokensEnd = image?.numbers()[0] ?? 0;
    this.#starts = [...(image?.numbers() ?? [])];
    this.#counts = [...(image?.numbers() ?? [])];
    assertImage(
      this.#counts.length === this.#starts.length &&
        this.#counts.length * PAGE_SIZE <= this.#plain.length &&
        this.#codes.count === Math.ceil(this.#counts.length / (1 << BLOCK_BITS)) &&
        this.#tokensEnd <= this.#tokens.count * PAGE_SIZE &&
        this.#starts.every((_, block) => this.#isInOnePage(block)),
      'blocks without tokens',
    );
  }

  #isInOnePage(block: number): boolean {
    const [start = 0, count = 0] = [this.#starts[block], this.#counts[block]];
    return (start & PAGE_MASK) + count <= PAGE_SIZE && start + count <= this.#tokensEnd;
  }

  save(image: ImageWriter): void {
    this.#plain.save(image);
    image.pages(this.#codes);
    image.pages(this.#tokens);
    image.numbers(Uint32Array.of(this.#tokensEnd));
    image.numbers(Uint32Array.from(this.#starts));
    image.numbers(Uint32Array.from(this.#counts));
  }

  /** Reads what of a restored log is not in memory yet. */
  *fetchIncrementally(): Generator<void> {
    yield* this.#tokens.fetchIncrementally();
    yield* this.#codes.fetchIncrementally();
    yield* this.#plain.fetchIncrementally();
  }

  get length(): number {
    return this.#plain.length;
  }

  push(token: Token): void {
    this.#plain.push(token);
  }

  /** The token at `index`; 0 outside of what is held. */
  at(index: number): Token {
    const block = index >>> PAGE_BITS;
    const codes = this.#codesOf[block];
    if (codes === undefined) return this.#atFirst(index, block);
    return this.#tokensOf[block]?.[codes[index & PAGE_MASK] ?? 0] ?? 0;
  }

  /** Whether the tokens from `index` on are there. */
  holdsFrom(index: number): boolean {
    const packed = this.#counts.length;
    for (let block = index >>> PAGE_BITS; block < packed; block++) {
      const isThere = this.#tokens.has((this.#starts[block] ?? 0) >>> PAGE_BITS);
      if (!isThere || !this.#codes.has(block >>> BLOCK_BITS)) return false;
    }
    return this.#plain.holdsFrom(Math.max(index, packed << PAGE_BITS));
  }

  /** Frees whole pages below `index`; indices keep their meaning. The different tokens stay: they take a tenth. */
  dropBelow(index: number): void {
    const blocks = Math.min(index >>> PAGE_BITS, this.#counts.length);
    const pages = blocks >>> BLOCK_BITS;
    for (let page = pages - 1; page >= 0 && this.#codes.has(page); page--) {
      this.#codes.drop(page);
      this.#codesOf.fill(undefined, page << BLOCK_BITS, (page + 1) << BLOCK_BITS);
    }
    this.#plain.dropBelow(index);
  }

  /** Packs the blocks that are complete. In steps of a millisecond or two; between them the log reads as before. */
  *packIncrementally(): Generator<void> {
    const complete = this.length >>> PAGE_BITS;
    if (this.#counts.length === complete) return;
    const coder = new BlockCoder();
    while (this.#counts.length < complete) {
      const from = this.#counts.length << PAGE_BITS;
      coder.read((index) => this.#plain.at(from + index));
      yield;
      const tokens = coder.rank();
      yield;
      this.#append(tokens, coder);
      this.#plain.dropBelow(from + PAGE_SIZE);
      yield;
    }
  }

  get heldBytes(): number {
    return this.#plain.heldBytes + this.#codes.heldBytes + this.#tokens.heldBytes;
  }

  #atFirst(index: number, block: number): Token {
    if (block >= this.#counts.length) return this.#plain.at(index);
    const codes = this.#codes.at(block >>> BLOCK_BITS);
    const start = this.#starts[block] ?? 0;
    const tokens = this.#tokens.at(start >>> PAGE_BITS);
    if (codes === undefined || tokens === undefined) return 0;
    const from = start & PAGE_MASK;
    this.#tokensOf[block] = tokens.subarray(from, from + (this.#counts[block] ?? 0));
    this.#codesOf[block] = codesIn(codes, block);
    return this.at(index);
  }

  #append(tokens: Uint32Array, coder: BlockCoder): void {
    const block = this.#counts.length;
    if ((this.#tokensEnd & PAGE_MASK) + tokens.length > PAGE_SIZE)
      this.#tokensEnd = this.#tokens.count << PAGE_BITS;
    if (this.#tokensEnd >>> PAGE_BITS === this.#tokens.count) this.#tokens.add();
    if (block >>> BLOCK_BITS === this.#codes.count) this.#codes.add();
    const [start, codes] = [this.#tokensEnd, this.#codes.at(block >>> BLOCK_BITS)];
    this.#tokens.at(start >>> PAGE_BITS)?.set(tokens, start & PAGE_MASK);
    if (codes) coder.write(codesIn(codes, block));
    this.#tokensEnd += tokens.length;
    this.#starts.push(start);
    this.#counts.push(tokens.length);
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

/** Gives the different tokens of one block after the other codes, the most frequent the lowest: those are near each other. */
class BlockCoder {
  /** By hash: one more than the number of the token; 0 for an empty place. */
  readonly #table = new Uint32Array(1 << TABLE_BITS);
  /** In the order they occur in. */
  readonly #tokens = new Uint32Array(PAGE_SIZE);
  readonly #times = new Uint32Array(PAGE_SIZE);
  readonly #numbers = new Uint16Array(PAGE_SIZE);
  readonly #codes = new Uint16Array(PAGE_SIZE);
  #count = 0;

  read(tokenAt: (index: number) => Token): void {
    this.#table.fill(0);
    this.#times.fill(0);
    this.#count = 0;
    for (let index = 0; index < PAGE_SIZE; index++) {
      const number = this.#numberOf(tokenAt(index));
      this.#times[number] = (this.#times[number] ?? 0) + 1;
      this.#numbers[index] = number;
    }
  }

  /** The different tokens by their codes. */
  rank(): Uint32Array {
    const numbers = Uint32Array.from({ length: this.#count }, (_, number) => number);
    numbers.sort((a, b) => (this.#times[b] ?? 0) - (this.#times[a] ?? 0) || a - b);
    for (const [code, number] of numbers.entries()) this.#codes[number] = code;
    return numbers.map((number) => this.#tokens[number] ?? 0);
  }

  write(codes: Uint16Array): void {
    for (let index = 0; index < PAGE_SIZE; index++)
      codes[index] = this.#codes[this.#numbers[index] ?? 0] ?? 0;
  }

  #numberOf(token: Token): number {
    const mask = this.#table.length - 1;
    for (let at = Math.imul(token, 0x9e3779b1) >>> (32 - TABLE_BITS); ; at = (at + 1) & mask) {
      const entry = this.#table[at] ?? 0;
      if (entry === 0) {
        this.#tokens[this.#count] = token;
        this.#table[at] = this.#count + 1;
        return this.#count++;
      }
      if (this.#tokens[entry - 1] === token) return entry - 1;
    }
  }
}
