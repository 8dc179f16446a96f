// @ts-check
// Not `quantile` of src/core: what a store's process loads would count as its start, and this runs in any Node.

/** The smallest of the values that at least the share `q` of them does not exceed. @param {readonly number[]} values @param {number} q */
export function quantile(values, q) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? 0;
}

/** @param {readonly number[]} values */
export function median(values) {
  return quantile(values, 0.5);
}
