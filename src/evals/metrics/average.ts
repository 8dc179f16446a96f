/**
 * The 95 % normal interval of the mean of values within 0…1: `m ± z·s/√n` with the sample's standard deviation s,
 * cut to 0…1. Null for fewer than two values, which say nothing about their spread. Cases are taken as independent;
 * the draw avoids several from one file as long as it can.
 */
export function meanInterval(values: readonly number[]): readonly [low: number, high: number] | null {
  const n = values.length;
  if (n < 2) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const margin = Z95 * Math.sqrt(squares / (n - 1) / n);
  return [Math.max(0, mean - margin), Math.min(1, mean + margin)];
}

/** The arithmetic mean of the values there are; `undefined` when there are none. */
export function mean(values: readonly (number | undefined)[]): number | undefined {
  let count = 0;
  let sum = 0;
  for (const value of values) {
    if (value === undefined) continue;
    count++;
    sum += value;
  }
  return count === 0 ? undefined : sum / count;
}

/** The 97.5 % point of the standard normal distribution. */
export const Z95 = 1.959963984540054;

/**
 * The 95 % score interval of a rate of `hits` in `n` > 0 trials (Wilson, "Probable inference, the law of succession,
 * and statistical inference", 1927): with p = hits / n,
 * `(p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n)`. Unlike p ± z·s/√n it stays within 0…1 and is not empty at 0 or 1.
 */
export function wilsonInterval(hits: number, n: number): readonly [low: number, high: number] {
  const p = hits / n;
  const z2 = Z95 * Z95;
  const middle = p + z2 / (2 * n);
  const margin = Z95 * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n));
  const scale = 1 + z2 / n;
  // Rounding must not put 0 or 1 themselves outside.
  return [hits === 0 ? 0 : (middle - margin) / scale, hits === n ? 1 : (middle + margin) / scale];
}

/**
 * The nearest-rank quantile: the smallest of the values that at least the share `q` (above 0, at most 1) of them does
 * not exceed. Always one of the values; `undefined` when there are none.
 */
export function quantile(values: readonly number[], q: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)];
}
