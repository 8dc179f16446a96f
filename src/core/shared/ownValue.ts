/** The record's own value of a name that others chose: `constructor` and its like are no names in it unless it has them. */
export function ownValue<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
