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
