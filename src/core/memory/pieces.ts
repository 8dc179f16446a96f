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
