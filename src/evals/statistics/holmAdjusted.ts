/**
 * The p-values of several tests made at once, corrected so that the chance of any false finding among them stays at
 * the level asked for (Holm, "A simple sequentially rejective multiple test procedure", 1979). In the order given.
 */
export function holmAdjusted(pValues: readonly number[]): readonly number[] {
  const order = [...pValues.keys()].sort((a, b) => (pValues[a] ?? 0) - (pValues[b] ?? 0));
  const adjusted = pValues.map(() => 1);
  let least = 0;
  for (const [rank, at] of order.entries()) {
    least = Math.min(1, Math.max(least, (pValues.length - rank) * (pValues[at] ?? 1)));
    adjusted[at] = least;
  }
  return adjusted;
}
