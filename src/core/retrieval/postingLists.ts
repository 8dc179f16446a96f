import { BlockPool } from '../memory/blockPool.ts';
import { assertImage, type ImageReader, type ImageWriter } from '../memory/image.ts';
import { NumberColumn } from '../memory/numberColumn.ts';
import { PackedPostings } from './packedPostings.ts';

/** Blocks of a list double in size from the first to the last of these classes; each begins with its successor. */
const FIRST_CLASS = 2;
const LAST_CLASS = 10;

/** The line break's number, which is no term: its list is where the new form of another is made. */
const SPARE = 0;
/** A list that never reaches its end. */
const LINKED = 'a list that is longer than it says';
/** Postings looked at in one step: well under a millisecond. */
export const STEP_POSTINGS = 8192;

/** `page[start]` to `page[end - 1]`. */
interface Stretch {
  readonly page: Uint32Array;
  readonly start: number;
  readonly end: number;
}

/**
 * A list of postings for each term from 1 on, appended to in any order. A posting is `text << 8 | frequency`, with a
 * frequency of 1…255 and text ids below 2^24. The beginnings of lists are packed when an image is saved.
 */
export class PostingLists {
  #packed: PackedPostings;
  // What was appended since.
  #pool = new BlockPool();
  #heads = new NumberColumn();
  #tails = new NumberColumn();
  /** `size class << 16 | numbers used` of each tail block, the link included. */
  #fills = new NumberColumn();
  #counts = new NumberColumn();

  constructor(image?: ImageReader) {
    this.#packed = new PackedPostings(image);
  }

  /**
   * Packs the lists of the terms below `termEnd`, which are all there are, and writes them; in steps of about
   * `STEP_POSTINGS`. Nothing may change in between, and nothing has if this is not driven to its end.
   */
  *saveIncrementally(image: ImageWriter, termEnd: number): Generator<void> {
    const packed = new PackedPostings(undefined, termEnd);
    let written = 0;
    for (let term = 1; term < termEnd; term++) {
      const count = this.count(term);
      if (count === 0) continue;
      const writer = packed.begin(term, count);
      for (const { page, start, end } of this.#stretches(term)) {
        for (let at = start; at < end; at++) writer.add(page[at] ?? 0);
        written += end - start;
      }
      if (written < STEP_POSTINGS) continue;
      written = 0;
      yield;
    }
    this.#packed = packed;
    this.#pool = new BlockPool();
    this.#heads = new NumberColumn();
    this.#tails = new NumberColumn();
    this.#fills = new NumberColumn();
    this.#counts = new NumberColumn();
    packed.save(image);
  }

  /** Reads what of restored lists is not in memory yet. */
  fetchIncrementally(): Generator<void> {
    return this.#packed.fetchIncrementally();
  }

  /** Postings of a term, dead ones included. */
  count(term: number): number {
    return this.#packed.count(term) + this.#counts.get(term);
  }

  append(term: number, posting: number): void {
    const count = this.#counts.get(term);
    if (count === 0) this.#start(term);
    let fill = this.#fills.get(term);
    if ((fill & 0xffff) === 1 << (fill >>> 16)) fill = this.#extend(term, fill >>> 16);
    const tail = this.#tails.get(term);
    this.#pool.page(tail)[this.#pool.offset(tail) + (fill & 0xffff)] = posting;
    this.#fills.set(term, fill + 1);
    this.#counts.set(term, count + 1);
  }

  /**
   * Copies the postings of the texts whose bit is set to the beginning of `kept`, which must have room for one more than
   * the term has; gives how many they are. The bits are 32 texts a number, the lowest first.
   */
  gather(term: number, texts: Uint32Array, kept: Uint32Array): number {
    const packed = this.#packed.gather(term, texts, kept);
    return this.#counts.get(term) === 0 ? packed : this.#gatherBlocks(term, texts, kept, packed);
  }

  /** A loop of its own beside `#stretches`: a search does little else, and through a generator it took 1.4 × as long. */
  #gatherBlocks(term: number, texts: Uint32Array, kept: Uint32Array, before: number): number {
    const tail = this.#tails.get(term);
    let left = this.#counts.get(term);
    let address = this.#heads.get(term);
    let count = before;
    for (let sizeClass = FIRST_CLASS; ; sizeClass = nextClass(sizeClass)) {
      const page = this.#pool.page(address);
      const offset = this.#pool.offset(address);
      const used = address === tail ? this.#fills.get(term) & 0xffff : 1 << sizeClass;
      left -= used - 1;
      assertImage(left >= 0, LINKED);
      for (let at = offset + 1; at < offset + used; at++) {
        const posting = page[at] ?? 0;
        const text = posting >>> 8;
        kept[count] = posting;
        count += ((texts[text >>> 5] ?? 0) >>> (text & 31)) & 1;
      }
      if (address === tail) return count;
      address = page[offset] ?? 0;
    }
  }

  /**
   * Drops the postings of texts that are not `alive`, and gives their room back; in steps of about `STEP_POSTINGS`.
   * Until the last of them the list is as it was; nothing may be appended in between.
   */
  *retainIncrementally(term: number, alive: (text: number) => boolean): Generator<void> {
    let looked = 0;
    for (const { page, start, end } of this.#stretches(term)) {
      if (looked >= STEP_POSTINGS) {
        looked = 0;
        yield;
      }
      looked += end - start;
      for (let at = start; at < end; at++) {
        const posting = page[at] ?? 0;
        if (alive(posting >>> 8)) this.append(SPARE, posting);
      }
    }
    if (this.#counts.get(SPARE) !== this.count(term)) this.#replace(term);
    if (this.#counts.get(SPARE) > 0) this.#release(SPARE);
  }

  get byteLength(): number {
    return this.#packed.byteLength + this.#pool.byteLength;
  }

  #start(term: number): void {
    const address = this.#pool.allocate(FIRST_CLASS);
    this.#heads.set(term, address);
    this.#tails.set(term, address);
    this.#fills.set(term, (FIRST_CLASS << 16) | 1);
  }

  #extend(term: number, sizeClass: number): number {
    const next = nextClass(sizeClass);
    const address = this.#pool.allocate(next);
    const tail = this.#tails.get(term);
    this.#pool.page(tail)[this.#pool.offset(tail)] = address;
    this.#tails.set(term, address);
    return (next << 16) | 1;
  }

  *#stretches(term: number): Generator<Stretch> {
    yield* this.#packedStretches(term);
    if (this.#counts.get(term) === 0) return;
    const tail = this.#tails.get(term);
    let left = this.#counts.get(term);
    let address = this.#heads.get(term);
    for (let sizeClass = FIRST_CLASS; ; sizeClass = nextClass(sizeClass)) {
      const page = this.#pool.page(address);
      const offset = this.#pool.offset(address);
      const used = address === tail ? this.#fills.get(term) & 0xffff : 1 << sizeClass;
      left -= used - 1;
      assertImage(left >= 0, LINKED);
      yield { page, start: offset + 1, end: offset + used };
      if (address === tail) return;
      address = page[offset] ?? 0;
    }
  }

  *#packedStretches(term: number): Generator<Stretch> {
    const count = this.#packed.count(term);
    if (count === 0) return;
    const page = new Uint32Array(count);
    this.#packed.read(term, page);
    for (let start = 0; start < count; start += STEP_POSTINGS)
      yield { page, start, end: Math.min(count, start + STEP_POSTINGS) };
  }

  /** Puts the spare list in the place of the term's, whose blocks become the spare one's. */
  #replace(term: number): void {
    this.#packed.forget(term);
    for (const column of [this.#heads, this.#tails, this.#fills, this.#counts]) {
      const value = column.get(term);
      column.set(term, column.get(SPARE));
      column.set(SPARE, value);
    }
  }

  #release(term: number): void {
    const tail = this.#tails.get(term);
    let left = this.#counts.get(term);
    let address = this.#heads.get(term);
    for (let sizeClass = FIRST_CLASS; ; sizeClass = nextClass(sizeClass)) {
      if (address !== tail) left -= (1 << sizeClass) - 1;
      assertImage(left >= 0, LINKED);
      const next = this.#pool.page(address)[this.#pool.offset(address)] ?? 0;
      this.#pool.free(address, sizeClass);
      if (address === tail) break;
      address = next;
    }
    this.#counts.set(term, 0);
  }
}

function nextClass(sizeClass: number): number {
  return Math.min(sizeClass + 1, LAST_CLASS);
}
