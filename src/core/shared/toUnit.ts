/**
 * Scales a vector, or the part of it from `from` up to `to`, to length 1, in place. False when all of it is zero: then it
 * stays so.
 */
export function toUnit(vector: Float32Array | Float64Array, from = 0, to = vector.length): boolean {
  let squares = 0;
  for (let at = from; at < to; at++) squares += (vector[at] ?? 0) ** 2;
  if (squares === 0) return false;
  const factor = 1 / Math.sqrt(squares);
  for (let at = from; at < to; at++) vector[at] = (vector[at] ?? 0) * factor;
  return true;
}
