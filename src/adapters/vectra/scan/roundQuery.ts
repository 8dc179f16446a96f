/** A unit vector as whole numbers from -`most` to `most`. */
export interface RoundedQuery {
  /** What one of the whole numbers stands for. */
  readonly factor: number;
  /** Length of what rounding took. */
  readonly error: number;
}

/** Writes the whole numbers, each with `offset` added, to the beginning of `out`. */
export function roundQuery(
  unit: Float64Array,
  most: number,
  out: Int16Array | Int8Array,
  offset = 0,
): RoundedQuery {
  let greatest = 0;
  for (const value of unit) greatest = Math.max(greatest, Math.abs(value));
  const factor = greatest / most;
  let lost = 0;
  for (let at = 0; at < unit.length; at++) {
    const value = unit[at] ?? 0;
    const rounded = Math.round(value / factor);
    out[at] = rounded + offset;
    lost += (value - rounded * factor) ** 2;
  }
  return { factor, error: Math.sqrt(lost) };
}
