/** A growable array of unsigned 32-bit numbers; positions never written read as 0. */
export class NumberColumn {
  #data: Uint32Array;

  /** Begins with these numbers, which then belong to the column. */
  constructor(data: Uint32Array = new Uint32Array(64)) {
    this.#data = data;
  }

  get(at: number): number {
    return this.#data[at] ?? 0;
  }

  set(at: number, value: number): void {
    if (at >= this.#data.length) {
      const grown = new Uint32Array(Math.max(at + 1, this.#data.length * 2));
      grown.set(this.#data);
      this.#data = grown;
    }
    this.#data[at] = value;
  }

  /** The numbers themselves, for inner loops; valid until the next `set` beyond the end. */
  get data(): Uint32Array {
    return this.#data;
  }
}
