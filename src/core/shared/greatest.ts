/**
 * The greatest of the values, or `atLeast` when that is greater or there are none. `Math.max` takes its values as
 * arguments, of which there can be some hundred thousand at most.
 */
export function greatest(values: Iterable<number>, atLeast = -Infinity): number {
  let found = atLeast;
  for (const value of values) found = Math.max(found, value);
  return found;
}

/** The least of the values, or `atMost` when that is less or there are none. */
export function least(values: Iterable<number>, atMost = Infinity): number {
  let found = atMost;
  for (const value of values) found = Math.min(found, value);
  return found;
}
