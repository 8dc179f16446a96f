import type { ImageReader, ImageWriter } from '../memory/image.ts';
import { joined, piecesOf, sizesOf } from '../memory/pieces.ts';

/** Tables grow one by one, so that growing never takes longer than one of them: the hash's first bits say which. */
const TABLE_BITS = 8;
const TABLES = 1 << TABLE_BITS;
const FIRST_SIZE = 8;

/** A hash set of ids by open addressing; who uses it knows what the ids stand for. */
export class IdTable {
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
    this.#tables = piecesOf(all, sizes);
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
