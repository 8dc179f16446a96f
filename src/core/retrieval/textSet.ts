const FIRST_LENGTH = 64;

/** Texts by id, a bit each: those of 100,000 chunks and their definitions fit a processor's nearest caches. */
export class TextSet {
  #bits = new Uint32Array(FIRST_LENGTH);

  /** 32 texts a number, the lowest bit first. For inner loops; valid until the next change. */
  get bits(): Uint32Array {
    return this.#bits;
  }

  add(text: number): void {
    this.fit(text + 1);
    this.#set(text >>> 5, 1 << (text & 31));
  }

  /** Adds the texts from `start` to before `end`; there must be room for them. */
  addRange(start: number, end: number): void {
    if (start >= end) return;
    const first = start >>> 5;
    const last = (end - 1) >>> 5;
    const fromStart = -1 << (start & 31);
    const toEnd = -1 >>> (31 - ((end - 1) & 31));
    if (first === last) {
      this.#set(first, fromStart & toEnd);
      return;
    }
    this.#set(first, fromStart);
    this.#bits.fill(0xffffffff, first + 1, last);
    this.#set(last, toEnd);
  }

  delete(text: number): void {
    const at = text >>> 5;
    if (at < this.#bits.length) this.#bits[at] = (this.#bits[at] ?? 0) & ~(1 << (text & 31));
  }

  clear(): void {
    this.#bits.fill(0);
  }

  /** Makes room for texts below `size`. */
  fit(size: number): void {
    const length = (size + 31) >>> 5;
    if (length <= this.#bits.length) return;
    const grown = new Uint32Array(Math.max(length, this.#bits.length * 2));
    grown.set(this.#bits);
    this.#bits = grown;
  }

  #set(at: number, bits: number): void {
    this.#bits[at] = (this.#bits[at] ?? 0) | bits;
  }
}
