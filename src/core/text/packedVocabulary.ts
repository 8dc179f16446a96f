import { assertImage, type ImageReader, type ImageWriter } from '../memory/image.ts';
import { joined, NumberColumn, piecesOf, sizesOf } from '../memory/numberColumn.ts';
import type { Words } from './words.ts';

/** How many texts are looked at in one step: well under a millisecond. */
const STEP_TEXTS = 2048;

/** Words for the life of a process, packed tightly; quick to restore from an image. */
export class PackedVocabulary implements Words {
  /** By id; the one of the line break is there already. */
  readonly #texts: TextBytes;
  readonly #ids: IdTable;
  /** Ids by character code of the single signs that half of all tokens are: faster than the table. 0 is none. */
  readonly #signs = new Uint32Array(128);

  constructor(image?: ImageReader) {
    this.#texts = new TextBytes(image);
    this.#ids = new IdTable((id) => this.#texts.hashAt(id), image);
    if (image) this.#ids.assertSound(this.#texts.count);
    if (this.#texts.count === 0) this.#texts.add('\n');
  }

  /**
   * Writes the words that are still wanted. An id that is not wanted is lost, its text is not written: what was only
   * ever typed, or stood in files that are gone, does not get into the image.
   */
  *saveIncrementally(image: ImageWriter, isWanted: (id: number) => boolean): Generator<void> {
    const texts = new TextBytes();
    const ids = new IdTable((id) => texts.hashAt(id));
    for (let id = 0; id < this.size; id++) {
      if (id % STEP_TEXTS === 0) yield;
      const isKept = id === 0 || isWanted(id);
      texts.add(isKept ? this.textOf(id) : '');
      if (id > 0 && isKept) ids.add(texts.hashAt(id), id);
    }
    texts.save(image);
    ids.save(image);
  }

  intern(text: string): number {
    if (text.length !== 1) return this.#intern(text);
    const code = text.charCodeAt(0);
    return code < 128 ? (this.#signs[code] ||= this.#intern(text)) : this.#intern(text);
  }

  find(text: string): number | undefined {
    return this.#find(hashOf(text), text) || undefined;
  }

  textOf(id: number): string {
    return this.#texts.at(id);
  }

  /** Whether the text of an id begins with this one. */
  startsWith(id: number, beginning: string): boolean {
    return this.#texts.startsWith(id, beginning);
  }

  get size(): number {
    return this.#texts.count;
  }

  /** Bytes of its tables. */
  get heldBytes(): number {
    return this.#texts.heldBytes + this.#ids.heldBytes;
  }

  #find(hash: number, text: string): number {
    return this.#ids.find(hash, (id) => this.#texts.equals(id, text));
  }

  #intern(text: string): number {
    const hash = hashOf(text);
    const known = this.#find(hash, text);
    if (known !== 0) return known;
    const id = this.#texts.count;
    this.#texts.add(text);
    this.#ids.add(hash, id);
    return id;
  }
}

/** Tables grow one by one, so that growing never takes longer than one of them: the hash's first bits say which. */
const TABLE_BITS = 8;
const TABLES = 1 << TABLE_BITS;
const FIRST_SIZE = 8;

/** A hash set of ids by open addressing; who uses it knows what the ids stand for. */
class IdTable {
  /** Sizes are powers of 2; 0 is an empty place. */
  readonly #tables: Uint32Array[];
  readonly #counts: Uint32Array;
  readonly #hashAt: (id: number) => number;

  /** `hashAt` gives the unsigned 32-bit hash of what an id stands for. */
  constructor(hashAt: (id: number) => number, image?: ImageReader) {
    this.#hashAt = hashAt;
    const sizes = image?.numbers() ?? new Uint32Array(TABLES).fill(FIRST_SIZE);
    this.#counts = image?.numbers() ?? new Uint32Array(TABLES);
    const all = image?.numbers() ?? new Uint32Array(TABLES * FIRST_SIZE);
    assertImage(sumOf(sizes) === all.length, 'tables of other sizes');
    this.#tables = piecesOf(all, sizes);
  }

  /** A search in a table ends at an empty place, of which at least half of them are. */
  assertSound(idCount: number): void {
    assertImage(this.#tables.length === TABLES && this.#counts.length === TABLES, 'another number of tables');
    for (const [number, table] of this.#tables.entries()) {
      let count = 0;
      for (const id of table) {
        assertImage(id < idCount || id === 0, 'a word without text');
        if (id !== 0) count++;
      }
      const { length } = table;
      const isSized = length >= FIRST_SIZE && (length & (length - 1)) === 0 && count * 2 <= length;
      assertImage(isSized && this.#counts[number] === count, 'a table that is too full');
    }
  }

  save(image: ImageWriter): void {
    image.numbers(sizesOf(this.#tables));
    image.numbers(this.#counts.slice());
    image.numbers(joined(this.#tables, (length) => new Uint32Array(length)));
  }

  /** The id with this hash that is the one looked for; 0 when there is none. */
  find(hash: number, isIt: (id: number) => boolean): number {
    const table = this.#tables[hash >>> (32 - TABLE_BITS)] ?? new Uint32Array(1);
    const mask = table.length - 1;
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      const id = table[at] ?? 0;
      if (id === 0 || isIt(id)) return id;
    }
  }

  get heldBytes(): number {
    return this.#tables.reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  /** Adds an id that is not there, above 0. */
  add(hash: number, id: number): void {
    const number = hash >>> (32 - TABLE_BITS);
    const count = (this.#counts[number] ?? 0) + 1;
    const table = this.#tables[number] ?? new Uint32Array(FIRST_SIZE);
    this.#counts[number] = count;
    insert(table, hash, id);
    if (count * 2 > table.length) this.#tables[number] = this.#grown(table);
  }

  #grown(table: Uint32Array): Uint32Array {
    const grown = new Uint32Array(table.length * 2);
    for (const id of table) if (id !== 0) insert(grown, this.#hashAt(id), id);
    return grown;
  }
}

function insert(table: Uint32Array, hash: number, id: number): void {
  const mask = table.length - 1;
  let at = hash & mask;
  while (table[at] !== 0) at = (at + 1) & mask;
  table[at] = id;
}

const PAGE_BITS = 16;
const PAGE_BYTES = 1 << PAGE_BITS;
/** Set in the length of a text that has units beyond Latin-1: each of its units takes two bytes. */
const WIDE = 1 << 31;
/** As many arguments as a call surely takes. */
const MAX_ARGUMENTS = 4096;
// Of FNV-1a.
const MULTIPLIER = 0x01000193;

/**
 * Short texts as bytes, numbered from 0: they take a third of the memory that strings take, and many are read back from
 * an image at once. Any sequence of UTF-16 units comes back as it was.
 */
export class TextBytes {
  /** All of `PAGE_BYTES`, but for those of a single text that is longer. */
  readonly #pages: Uint8Array[];
  /** By text: `page << PAGE_BITS | offset`. */
  readonly #starts: NumberColumn;
  /** By text: its number of units, with `WIDE`. */
  readonly #lengths: NumberColumn;
  #count: number;
  #filling = -1;
  #used = PAGE_BYTES;

  constructor(image?: ImageReader) {
    const sizes = image?.numbers() ?? new Uint32Array(0);
    const bytes = image?.bytes() ?? new Uint8Array(0);
    assertImage(sumOf(sizes) === bytes.length, 'texts of other sizes');
    this.#pages = piecesOf(bytes, sizes);
    const starts = image?.numbers();
    this.#count = starts?.length ?? 0;
    this.#starts = new NumberColumn(starts);
    const lengths = image?.numbers();
    this.#lengths = new NumberColumn(lengths);
    assertImage(lengths?.length === starts?.length, 'texts without lengths');
    for (let id = 0; id < this.#count; id++) assertImage(this.#isInPages(id), 'a text beyond its page');
  }

  save(image: ImageWriter): void {
    image.numbers(sizesOf(this.#pages));
    image.bytes(joined(this.#pages, (length) => new Uint8Array(length)));
    image.numbers(this.#starts.data.slice(0, this.#count));
    image.numbers(this.#lengths.data.slice(0, this.#count));
  }

  #isInPages(id: number): boolean {
    const packed = this.#lengths.get(id);
    const size = (packed & ~WIDE) * ((packed & WIDE) === 0 ? 1 : 2);
    const page = this.#pages[this.#starts.get(id) >>> PAGE_BITS];
    return (
      size === 0 || (page !== undefined && (this.#starts.get(id) & (PAGE_BYTES - 1)) + size <= page.length)
    );
  }

  get count(): number {
    return this.#count;
  }

  get heldBytes(): number {
    const numbers = this.#starts.data.byteLength + this.#lengths.data.byteLength;
    return this.#pages.reduce((sum, { byteLength }) => sum + byteLength, numbers);
  }

  add(text: string): void {
    const wide = isWide(text);
    const size = wide ? text.length * 2 : text.length;
    const page = this.#pageWithRoom(size);
    let at = size > PAGE_BYTES ? 0 : this.#used;
    this.#starts.set(this.#count, ((page << PAGE_BITS) | at) >>> 0);
    this.#lengths.set(this.#count, (wide ? text.length | WIDE : text.length) >>> 0);
    this.#count++;
    const bytes = this.#pages[page] ?? new Uint8Array(0);
    for (let index = 0; index < text.length; index++) {
      const unit = text.charCodeAt(index);
      bytes[at++] = unit;
      if (wide) bytes[at++] = unit >>> 8;
    }
    if (size <= PAGE_BYTES) this.#used = at;
  }

  /** The empty string for a number that no text has. */
  at(id: number): string {
    if (id >= this.#count) return '';
    const length = this.#lengths.get(id) & ~WIDE;
    let text = '';
    for (let from = 0; from < length; from += MAX_ARGUMENTS) {
      const units = this.#units(id, from, Math.min(from + MAX_ARGUMENTS, length));
      text += textOf(units);
    }
    return text;
  }

  equals(id: number, text: string): boolean {
    const packed = this.#lengths.get(id);
    if ((packed & ~WIDE) !== text.length) return false;
    const bytes = this.#pages[this.#starts.get(id) >>> PAGE_BITS];
    if (bytes === undefined) return false;
    const start = this.#starts.get(id) & (PAGE_BYTES - 1);
    if ((packed & WIDE) !== 0) return this.at(id) === text;
    for (let at = 0; at < text.length; at++) if (bytes[start + at] !== text.charCodeAt(at)) return false;
    return true;
  }

  startsWith(id: number, beginning: string): boolean {
    const length = this.#lengths.get(id) & ~WIDE;
    if (length < beginning.length) return false;
    return textOf(this.#units(id, 0, beginning.length)) === beginning;
  }

  /** `hashOf(this.at(id))`. */
  hashAt(id: number): number {
    const packed = this.#lengths.get(id);
    if ((packed & WIDE) !== 0) return hashOf(this.at(id));
    const bytes = this.#pages[this.#starts.get(id) >>> PAGE_BITS];
    const start = this.#starts.get(id) & (PAGE_BYTES - 1);
    let hash = packed;
    for (let at = start; at < start + packed; at++) hash = Math.imul(hash ^ (bytes?.[at] ?? 0), MULTIPLIER);
    return mixed(hash);
  }

  #units(id: number, from: number, to: number): Uint8Array | Uint16Array {
    const bytes = this.#pages[this.#starts.get(id) >>> PAGE_BITS] ?? new Uint8Array(0);
    const start = this.#starts.get(id) & (PAGE_BYTES - 1);
    if ((this.#lengths.get(id) & WIDE) === 0) return bytes.subarray(start + from, start + to);
    return Uint16Array.from({ length: to - from }, (_, index) => {
      const at = start + 2 * (from + index);
      return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
    });
  }

  #pageWithRoom(size: number): number {
    if (size > PAGE_BYTES) return this.#pages.push(new Uint8Array(size)) - 1;
    if (this.#used + size > PAGE_BYTES) {
      this.#filling = this.#pages.push(new Uint8Array(PAGE_BYTES)) - 1;
      this.#used = 0;
    }
    return this.#filling;
  }
}

function sumOf(sizes: Uint32Array): number {
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** More arguments than this are more than an engine takes at a time. */
const MOST_ARGUMENTS = 8192;

function textOf(units: Uint8Array | Uint16Array): string {
  let text = '';
  for (let at = 0; at < units.length; at += MOST_ARGUMENTS) {
    // eslint-disable-next-line bounded/spread -- so many at a time
    text += String.fromCharCode(...units.subarray(at, at + MOST_ARGUMENTS));
  }
  return text;
}

/** An unsigned 32-bit hash of the text's UTF-16 units. */
export function hashOf(text: string): number {
  let hash = text.length;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), MULTIPLIER);
  return mixed(hash);
}

/** The finalizer of MurmurHash3 (public domain): every bit of the result depends on every bit. */
function mixed(hash: number): number {
  const first = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35);
  return (second ^ (second >>> 16)) >>> 0;
}

function isWide(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0xff) return true;
  return false;
}
