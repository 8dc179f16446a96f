/** What `of` gives for each value, one after the other, by the same keys. */
export async function mapValues<T, R>(
  values: Readonly<Record<string, T>>,
  of: (value: T) => Promise<R>,
): Promise<Readonly<Record<string, R>>> {
  const mapped: [string, R][] = [];
  for (const [key, value] of Object.entries(values)) mapped.push([key, await of(value)]);
  return Object.fromEntries(mapped);
}
