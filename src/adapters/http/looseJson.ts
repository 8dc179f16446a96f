/**
 * What of other people's JSON is read when it makes sense, and passed over otherwise. Servers leave fields out, add their
 * own, and write null, text or zero where others write nothing; none of that is a reason to lose an answer.
 */
export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The members of an object; none of anything else. */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A count: a number, or a text that is one, rounded; undefined when it counts nothing. */
export function countOf(value: unknown): number | undefined {
  const number = numberOf(value);
  return number === undefined || number < 0 ? undefined : Math.round(number);
}

/** A finite number, or a text that is one. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'string' && /^\s*-?\d+(\.\d+)?\s*$/.test(value)) return Number(value);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** The first count among these. */
export function firstCount(...values: readonly unknown[]): number | undefined {
  return values.map(countOf).find((count) => count !== undefined);
}

/**
 * Items of an answer in the order of the texts that they are about. An item without an index has the first place that no
 * other names: JSON made from protocol buffers leaves out zeros. Undefined where nothing came.
 */
export function inOrder<T>(
  items: readonly { readonly index: unknown; readonly value: T }[],
  count: number,
): readonly (T | undefined)[] {
  const places = new Array<T | undefined>(count).fill(undefined);
  const rest: T[] = [];
  for (const { index, value } of items) {
    const place = countOf(index);
    if (place === undefined) rest.push(value);
    else if (place < count) places[place] ??= value;
  }
  return places.map((value) => (value === undefined ? rest.shift() : value));
}
