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

/** Arrays of one kind that lie in an image as a whole. */
type Numbers = Uint8Array | Uint32Array;

export function sizesOf(pieces: readonly Numbers[]): Uint32Array {
  return Uint32Array.from(pieces, ({ length }) => length);
}

/** The pieces one after the other in an array of their kind, which `makeWhole` makes. */
export function joined<Whole extends Numbers>(
  pieces: readonly Whole[],
  makeWhole: (length: number) => Whole,
): Whole {
  const whole = makeWhole(pieces.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const piece of pieces) {
    whole.set(piece, end);
    end += piece.length;
  }
  return whole;
}

/** Views of the pieces that were joined. */
export function piecesOf<Whole extends Numbers>(whole: Whole, sizes: Uint32Array): Whole[] {
  let end = 0;
  return Array.from(sizes, (size) => whole.subarray(end, (end += size)) as Whole);
}
