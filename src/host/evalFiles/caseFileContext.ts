/** Where in a file of cases something is being typed. */
export type CaseFileContext =
  /** A key: of the file itself, or of an entry of one of its lists. */
  | { readonly at: 'key'; readonly list: string | undefined; readonly present: readonly string[] }
  /** A value, or one of several, as far as it is typed. */
  | { readonly at: 'value'; readonly list: string; readonly key: string; readonly typed: string };

interface EntryKey {
  readonly key: string;
  /** Column of the key, behind the dash if any. */
  readonly column: number;
  readonly value: string;
}

const KEY = /^(\s*(?:-\s+)?)([A-Za-z]\w*)\s*:(?:\s+(.*)|)$/;
const ITEM = /^(\s*)-(?:\s+(.*)|)$/;

/**
 * Reads the lines up to the cursor, the last one up to it, and the lines below. By lines and indentation alone, as
 * what is being typed is no YAML yet; `undefined` where nothing can be proposed.
 */
export function caseFileContext(
  above: readonly string[],
  below: readonly string[],
): CaseFileContext | undefined {
  const line = above.at(-1) ?? '';
  if (/^\s*#/.test(line)) return undefined;
  if (/^\w*$/.test(line))
    return { at: 'key', list: undefined, present: rootKeys([...above.slice(0, -1), ...below]) };
  const list = rootKeys(above.slice(0, -1)).at(-1);
  if (list === undefined) return undefined;
  const typedKey = keyOf(line);
  if (typedKey) return { at: 'value', list, key: typedKey.key, typed: lastItem(typedKey.value) };
  const column = line.length - line.trimStart().replace(/^-\s*/, '').length;
  const [, , item] = ITEM.exec(line) ?? [];
  // `gold:` with its items on lines of their own.
  if (/^\s*-/.test(line) && isInside(line, above)) {
    const key = keyAbove(above);
    return key === undefined ? undefined : { at: 'value', list, key, typed: item ?? '' };
  }
  if (!/^\s*(?:-\s*)?\w*$/.test(line)) return undefined;
  return { at: 'key', list, present: entryKeys(above, below, column) };
}

/** Keys without indentation. */
function rootKeys(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => /^(\w+)\s*:/.exec(line)?.[1] ?? []);
}

function keyOf(line: string): EntryKey | undefined {
  const [, lead, key, value = ''] = KEY.exec(line) ?? [];
  return lead === undefined || key === undefined ? undefined : { key, column: lead.length, value };
}

function columnOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** Whether a dash is deeper than those of the entries: an item of a value. */
function isInside(line: string, above: readonly string[]): boolean {
  const section = above.findLastIndex((each) => /^\w+\s*:/.test(each));
  const first = above.slice(section + 1).find((each) => /^\s*-/.test(each));
  return first !== undefined && first !== line && columnOf(line) > columnOf(first);
}

function keyAbove(above: readonly string[]): string | undefined {
  return above
    .slice(0, -1)
    .map(keyOf)
    .findLast((each) => each?.value.trim() === '')?.key;
}

/** Of `[a, b` the last. */
function lastItem(value: string): string {
  if (!value.startsWith('[')) return value;
  return value.slice(Math.max(value.lastIndexOf('['), value.lastIndexOf(',')) + 1).trimStart();
}

/** The keys that the entry has on its other lines. */
function entryKeys(above: readonly string[], below: readonly string[], column: number): readonly string[] {
  const isOther = (line: string): boolean =>
    line.trim() !== '' && columnOf(line) < column && !/^\s*-/.test(line);
  const start = above.findLastIndex((line) => isStart(line, column));
  const end = below.findIndex((line) => isStart(line, column) || isOther(line));
  const lines = [...above.slice(Math.max(start, 0), -1), ...below.slice(0, end < 0 ? undefined : end)];
  return lines.map(keyOf).flatMap((each) => (each?.column === column ? [each.key] : []));
}

/** The line with an entry's dash. */
function isStart(line: string, column: number): boolean {
  const [dash] = /^\s*-\s*/.exec(line) ?? [];
  return dash?.length === column;
}
