/**
 * The nearest-rank quantile: the smallest of the values that at least the share `q` (above 0, at most 1) of them does
 * not exceed. Always one of the values; `undefined` when there are none.
 */
export function quantile(values: readonly number[], q: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)];
}
