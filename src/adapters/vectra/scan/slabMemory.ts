/** Rows in a slab: few enough that a shard wastes little on its last one, many enough that calls cost nothing. */
export const SLAB_ROWS = 128;

/** So many rows lie in one another, `PIECE` numbers of each at a time, as scanning them together is fastest. */
export const FOLD = 4;
export const PIECE = 16;

const BORDER = 64;
const PAGE_BYTES = 65_536;
/** What is not written to takes no memory, so growing ahead costs addresses only. */
const MIN_GROWTH_PAGES = 16;

/** A `WebAssembly.Memory`, or what stands for it where there is none. */
export interface GrowableMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/**
 * One memory for all rows that are scanned, given out in slabs of equal size: a slab that is given back fits whoever
 * takes one next, so that a store changed a thousand times needs no more than it did at its largest. All addresses are
 * in bytes. The first part is for the query and for float rows on their way into a slab.
 */
export class SlabMemory {
  /** Numbers a row takes: the dims, filled up with zeros to what the kernels step by. */
  readonly width: number;
  readonly memory: GrowableMemory;
  /** Where the query is, twice: as numbers of sixteen and of eight bits. */
  readonly wideQuery = 0;
  readonly narrowQuery: number;
  /** Where `SLAB_ROWS` float rows and one over their lengths are put to be rounded. */
  readonly inverses: number;
  readonly staging: number;
  /** Within a slab, whose rows are at its beginning. */
  readonly scales: number;
  readonly sums: number;
  readonly residuals: number;
  readonly scores: number;
  readonly #slabBytes: number;
  #end: number;
  readonly #free: number[] = [];
  #bytes = new Int8Array();
  #floats = new Float32Array();
  #integers = new Int32Array();

  constructor(dims: number, memory: GrowableMemory) {
    const column = SLAB_ROWS * Float32Array.BYTES_PER_ELEMENT;
    this.memory = memory;
    this.width = Math.ceil(dims / 32) * 32;
    this.narrowQuery = this.width * Int16Array.BYTES_PER_ELEMENT;
    this.inverses = roundUp(this.narrowQuery + this.width, BORDER);
    this.staging = this.inverses + column;
    this.scales = SLAB_ROWS * this.width;
    this.sums = this.scales + column;
    this.residuals = this.sums + column;
    this.scores = this.residuals + column;
    this.#slabBytes = this.scores + column;
    this.#end = this.staging + column * this.width;
    this.#reach(this.#end);
  }

  /** All of the memory, as integers of eight bits; valid until the next `take`, as are the other two. */
  get bytes(): Int8Array {
    return this.#bytes;
  }

  get floats(): Float32Array {
    return this.#floats;
  }

  get integers(): Int32Array {
    return this.#integers;
  }

  /** Where in a slab a row's first piece is; the others follow at every `FOLD` × `PIECE` bytes. */
  offsetOf(row: number): number {
    const lane = row % FOLD;
    return (row - lane) * this.width + lane * PIECE;
  }

  /** Address of a slab that nobody else has. Its content is arbitrary. */
  take(): number {
    const used = this.#free.pop();
    if (used !== undefined) return used;
    const address = this.#end;
    this.#reach(address + this.#slabBytes);
    this.#end += this.#slabBytes;
    return address;
  }

  give(slab: number): void {
    this.#free.push(slab);
  }

  #reach(end: number): void {
    const have = this.memory.buffer.byteLength / PAGE_BYTES;
    const missing = Math.ceil(end / PAGE_BYTES) - have;
    if (missing > 0) this.memory.grow(Math.max(missing, MIN_GROWTH_PAGES, Math.ceil(have / 8)));
    else if (this.#bytes.length > 0) return;
    this.#bytes = new Int8Array(this.memory.buffer);
    this.#floats = new Float32Array(this.memory.buffer);
    this.#integers = new Int32Array(this.memory.buffer);
  }
}

function roundUp(bytes: number, border: number): number {
  return Math.ceil(bytes / border) * border;
}
