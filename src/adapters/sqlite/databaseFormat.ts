import type { DatabaseSync } from 'node:sqlite';
import { ForeignDatabaseError, type Origin } from './foreignDatabaseError.ts';

/** What a database file of ours must be. */
export interface DatabaseFormat {
  /** Stored in the file's header: tells our files from any other SQLite database. */
  readonly applicationId: number;
  /** Grows with every change of the tables. */
  readonly version: number;
  readonly createSql: string;
}

/** `empty` is a database in which nothing has ever been created. */
export type DatabaseState = 'current' | 'empty' | Origin;

/** What the database is to this version of Touchstone. */
export function stateOf(database: DatabaseSync, { applicationId, version }: DatabaseFormat): DatabaseState {
  const id = pragma(database, 'application_id');
  const found = pragma(database, 'user_version');
  if (id !== applicationId) {
    return id === 0 && found === 0 && pragma(database, 'schema_version') === 0 ? 'empty' : 'other';
  }
  if (found === version) return 'current';
  return found < version ? 'older' : 'newer';
}

/** The error for a database that cannot be used. */
export function foreign(database: DatabaseSync, origin: Origin, { version }: DatabaseFormat): Error {
  if (origin === 'other') return new ForeignDatabaseError(origin, 'not written by Touchstone');
  const found = pragma(database, 'user_version');
  return new ForeignDatabaseError(origin, `written in version ${found}, this is version ${version}`);
}

/** Creates the tables in an empty database, within a transaction. */
export function createTables(
  database: DatabaseSync,
  { createSql, applicationId, version }: DatabaseFormat,
): void {
  database.exec(`${createSql}; PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${version}`);
}

/** The number that a pragma of https://www.sqlite.org/pragma.html stands at. */
function pragma(database: DatabaseSync, name: string): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name] ?? 0);
}
