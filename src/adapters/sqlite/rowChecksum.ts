import type { SQLOutputValue } from 'node:sqlite';

type Values = readonly (string | number | null)[];

/**
 * What is stored with a row of these values: FNV-1a, which any one changed character changes. SQLite sees damage to how
 * rows are kept, but not to what they say: a digit of a number may have become another.
 */
export function rowChecksum(...values: Values): number {
  let hash = 0x811c9dc5;
  for (const value of values) {
    const text = value === null ? '' : String(value);
    for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    // No characters: the border between two values counts as well, and whether there is a value.
    hash = Math.imul(hash ^ (value === null ? 0x20000 : 0x10000), 0x01000193);
  }
  return hash >>> 0;
}

/** Throws a `DamagedRowError` when these are not the values that a row was written with. */
export function checkRow(row: Row, ...values: Values): void {
  if (numberIn(row, 'checksum') !== rowChecksum(...values)) throw new DamagedRowError('checksum');
}

/** As SQLite gives it. */
export type Row = Readonly<Record<string, SQLOutputValue>>;

/** The text in a column of a STRICT table. SQLite vouches for the type of what it wrote, not of what a file became. */
export function textIn(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new DamagedRowError(column);
  return value;
}

/** The number in a column of a STRICT table. */
export function numberIn(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw new DamagedRowError(column);
  return value;
}

/** A row that no statement can have written: its page is damaged in a way that SQLite does not see on reading. */
export class DamagedRowError extends Error {
  override readonly name = 'DamagedRowError';
  readonly code = 'damaged-row';

  constructor(column: string) {
    super(`The column ${column} holds what nobody wrote.`);
  }
}
