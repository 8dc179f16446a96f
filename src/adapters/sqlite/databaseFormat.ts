import { DatabaseSync } from 'node:sqlite';
import { ForeignDatabaseError, type Origin } from './foreignDatabaseError.ts';

/** What a database file of ours must be. */
export interface DatabaseFormat {
  /** Stored in the file's header: tells our files from any other SQLite database. */
  readonly applicationId: number;
  /** Grows with every change of the tables. */
  readonly version: number;
  readonly createSql: string;
  /** How older versions are brought to this one, in order; without a way from its version a file is not read. */
  readonly migrations?: readonly TableMigration[];
}

/** The step to a version from the one before it. */
export interface TableMigration {
  readonly to: number;
  /** One statement each. */
  readonly sql: readonly string[];
}

/** `empty` is a database in which nothing has ever been created. */
export type DatabaseState = 'current' | 'empty' | Origin;

/** What the database is to this version of Touchstone. */
export function stateOf(database: DatabaseSync, format: DatabaseFormat): DatabaseState {
  const { applicationId, version } = format;
  const id = pragma(database, 'application_id');
  const found = pragma(database, 'user_version');
  if (id !== applicationId) {
    return id === 0 && found === 0 && pragma(database, 'schema_version') === 0 ? 'empty' : 'other';
  }
  if (found === version) return hasOwnTables(database, format) ? 'current' : 'other';
  return found < version ? 'older' : 'newer';
}

const definitions = new WeakMap<DatabaseFormat, string>();

/**
 * Whether everything that the database defines is ours: a view, a trigger or a computed column of somebody else's would
 * run with our statements, without end if it wanted. Tables that were migrated are only known to be tables.
 */
function hasOwnTables(database: DatabaseSync, format: DatabaseFormat): boolean {
  if (format.migrations) return !/"(?:view|trigger)"|create virtual/i.test(definitionsIn(database));
  const own = definitions.get(format) ?? ownDefinitions(format);
  definitions.set(format, own);
  return definitionsIn(database) === own;
}

function ownDefinitions(format: DatabaseFormat): string {
  const fresh = new DatabaseSync(':memory:');
  createTables(fresh, format);
  const own = definitionsIn(fresh);
  fresh.close();
  return own;
}

function definitionsIn(database: DatabaseSync): string {
  const rows = database
    .prepare(
      "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name, type",
    )
    .all();
  return JSON.stringify(rows.map(({ type, name, sql }) => [type, name, String(sql).replaceAll(/\s+/g, ' ')]));
}

/** True when the database is of an older version from which the steps of the format lead to this one. */
export function canMigrate(database: DatabaseSync, format: DatabaseFormat): boolean {
  if (stateOf(database, format) !== 'older') return false;
  const found = pragma(database, 'user_version');
  const steps = (format.migrations ?? []).filter(({ to }) => to > found);
  return steps.length === format.version - found;
}

/**
 * Brings the tables of an older version to this one, in one transaction: whoever has the file open, and whoever opens it
 * after this process has died, sees the old version or the new one.
 */
export function migrateTables(database: DatabaseSync, format: DatabaseFormat): void {
  database.exec('BEGIN IMMEDIATE');
  // Another process may have done it meanwhile.
  const found = pragma(database, 'user_version');
  for (const { to, sql } of format.migrations ?? []) {
    if (to <= found) continue;
    for (const statement of sql) database.exec(statement);
    database.exec(`PRAGMA user_version = ${to}`);
  }
  database.exec('COMMIT');
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
