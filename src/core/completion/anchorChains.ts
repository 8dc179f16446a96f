import { BytePages, LAST_ITEM, pageOf, placeOf } from '../memory/bytePages.ts';
import { GrowingUint32 } from '../memory/growingUint32.ts';
import { assertImage, type ImageReader, type ImageWriter } from '../memory/image.ts';

const HEAD_BITS = 20;
const HEADS = 1 << HEAD_BITS;
const HEAD_MASK = HEADS - 1;

/** Nobody follows a chain any further. */
export const MAX_CHAIN = 3000;

/** Positions written in one step: less than a millisecond. */
const STEP_POSITIONS = 8192;

/**
 * For every anchor hash the chain of the positions that have it, newest first. Positions come in order. Those of before
 * the last packing are lists of differences, two bytes each; those since then are linked, each with the one before, which
 * takes four and for every hash another four. What lies deeper in a chain than `MAX_CHAIN` is left out when it is packed.
 */
export class AnchorChains {
  /** Positions from here on are linked. */
  #base: number;
  /** Hash → address of its list; 0 when it has none. */
  #starts: Uint32Array;
  #packed: BytePages;
  /** Hash → the newest of the linked positions; 0 for none. */
  #newest: Uint32Array;
  /** Linked position − base → the one before in its chain; 0 at the end of what is linked. */
  #older = new GrowingUint32();

  constructor(image?: ImageReader) {
    this.#base = image?.numbers()[0] ?? 0;
    this.#starts = image?.numbers() ?? new Uint32Array(HEADS);
    this.#packed = new BytePages(image);
    this.#newest = new Uint32Array(HEADS);
    const { size } = this.#packed;
    assertImage(
      this.#starts.length === HEADS && this.#starts.every((address) => address < size),
      'chains that begin nowhere',
    );
  }

  /** To be called once all is packed. */
  save(image: ImageWriter): void {
    image.numbers(Uint32Array.of(this.#base));
    image.numbers(this.#starts);
    this.#packed.save(image);
  }

  /** Reads what of restored chains is not in memory yet. */
  fetchIncrementally(): Generator<void> {
    return this.#packed.fetchIncrementally();
  }

  /** One more than the last position. */
  get length(): number {
    return this.#base + this.#older.length;
  }

  /** The next position has this hash. */
  push(hash: number): void {
    const head = hash & HEAD_MASK;
    const position = this.length;
    this.#older.push(this.#newest[head] ?? 0);
    this.#newest[head] = position;
  }

  /** The next position is in no chain. */
  skip(): void {
    this.#older.push(0);
  }

  /** The positions from `floor` on whose anchor may have this hash. */
  of(hash: number, floor: number): AnchorChain {
    const head = hash & HEAD_MASK;
    return new AnchorChain(
      {
        base: this.#base,
        older: this.#older,
        newest: this.#newest[head] ?? 0,
        packed: this.#packed,
        start: this.#starts[head] ?? 0,
      },
      floor,
    );
  }

  /** Positions below are not asked for any more. */
  dropBelow(position: number): void {
    if (position > this.#base) this.#older.dropBelow(position - this.#base);
  }

  /** Packs what is linked; positions below `floor` are forgotten. If it is not driven to its end, nothing has happened. */
  *packIncrementally(floor: number): Generator<void> {
    if (this.#older.length === 0) return;
    const packed = new BytePages();
    const starts = new Uint32Array(HEADS);
    let [written, looked, next] = [0, 0, STEP_POSITIONS];
    for (let head = 0; head < HEADS; head++) {
      const chain = this.of(head, floor);
      let before = this.length;
      for (let left = MAX_CHAIN; left > 0; left--) {
        const position = chain.next();
        if (position === 0) break;
        const address = packed.begin();
        if (before === this.length) starts[head] = address;
        packed.putNumber(before - position);
        before = position;
        written++;
      }
      if (before < this.length) {
        packed.begin();
        packed.put(0);
      }
      assertImage(written < this.length, 'positions in several chains');
      if (++looked + written < next) continue;
      next = looked + written + STEP_POSITIONS;
      yield;
    }
    this.#base = this.length;
    this.#starts = starts;
    this.#packed = packed;
    this.#newest = new Uint32Array(HEADS);
    this.#older = new GrowingUint32();
  }

  get heldBytes(): number {
    const tables = this.#starts.byteLength + this.#newest.byteLength;
    return tables + this.#packed.heldBytes + this.#older.heldBytes;
  }
}

interface ChainParts {
  readonly base: number;
  readonly older: GrowingUint32;
  /** The newest of the linked positions. */
  readonly newest: number;
  readonly packed: BytePages;
  /** Address of the list of differences. */
  readonly start: number;
}

/** One chain, to be followed once; valid until the next position is added. */
export class AnchorChain {
  readonly #parts: ChainParts;
  readonly #floor: number;
  #linked: number;
  #position: number;
  #page: number;
  #place: number;
  #bytes: Uint8Array | undefined;

  constructor(parts: ChainParts, floor: number) {
    this.#parts = parts;
    this.#floor = floor;
    this.#linked = parts.newest;
    this.#position = parts.start === 0 ? 0 : parts.base;
    this.#page = pageOf(parts.start);
    this.#place = placeOf(parts.start);
  }

  /** The next older position, 0 at the end. */
  next(): number {
    if (this.#linked !== 0) return this.#nextLinked();
    if (this.#position === 0) return 0;
    const { packed } = this.#parts;
    let bytes = (this.#bytes ??= packed.page(this.#page));
    if (this.#place > LAST_ITEM) {
      this.#bytes = bytes = packed.page(++this.#page);
      this.#place = 0;
    }
    let place = this.#place;
    let byte = bytes[place++] ?? 0;
    let difference = byte & 127;
    for (let shift = 7; byte > 127; shift += 7) {
      byte = bytes[place++] ?? 0;
      difference |= (byte & 127) << shift;
    }
    this.#place = place;
    const position = this.#position - difference;
    // Or a chain would never end.
    assertImage(difference >= 0 && position > 0, 'a chain that leads nowhere');
    return (this.#position = difference === 0 || position < this.#floor ? 0 : position);
  }

  #nextLinked(): number {
    const { older, base } = this.#parts;
    const position = this.#linked;
    this.#linked = older.at(position - base);
    if (position >= this.#floor) return position;
    this.#linked = this.#position = 0;
    return 0;
  }
}
