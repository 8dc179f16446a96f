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
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new DamagedRowError(column);
  return value;
}

/** Adding to smaller numbers stays exact; no store counts that far. */
const MAX_COUNT = 2 ** 52;

/** A whole number from 0, of something that is counted. */
export function countIn(row: Row, column: string): number {
  const value = numberIn(row, column);
  if (!Number.isInteger(value) || value < 0 || value > MAX_COUNT) throw new DamagedRowError(column);
  return value;
}

/** More than any system takes. */
const MAX_PATH = 32_768;
/** What separates names, or leads elsewhere, on this system: `/` alone where it may be a part of a name. */
const SEPARATORS = process.platform === 'win32' ? /[\\:\0]/ : /\0/;

/** Among names between `/`: none at all, and those that are no names of a file. */
const NO_NAME = /(?:^|\/)\.{0,2}(?:\/|$)/;

/** A path, with `/`, that does not lead out of the folder that it is relative to: whoever reads the row takes it for that. */
export function pathIn(row: Row, column: string): string {
  const value = textIn(row, column);
  const isWithin = value.length <= MAX_PATH && !SEPARATORS.test(value) && !NO_NAME.test(value);
  if (!isWithin) throw new DamagedRowError(column);
  return value;
}

/** A text of this form, such as the name of a file of ours. */
export function nameIn(row: Row, column: string, form: RegExp): string {
  const value = textIn(row, column);
  if (!form.test(value)) throw new DamagedRowError(column);
  return value;
}

/** A row that no statement of ours has written: its page is damaged in a way that SQLite does not see, or somebody else wrote it. */
export class DamagedRowError extends Error {
  override readonly name = 'DamagedRowError';
  readonly code = 'damaged-row';

  constructor(column: string) {
    super(`The column ${column} holds what nobody wrote.`);
  }
}
