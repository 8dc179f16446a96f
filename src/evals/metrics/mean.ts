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
