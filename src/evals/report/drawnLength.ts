/** A length in a drawing, in tenths: finer steps would only make the page longer. */
export function drawnLength(length: number): number {
  return Math.round(length * 10) / 10;
}
