import type { SQLOutputValue } from 'node:sqlite';
import { DamagedRowError } from './damagedRowError.ts';

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
