import { numberIn, type Row } from './columns.ts';
import { DamagedRowError } from './damagedRowError.ts';

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
