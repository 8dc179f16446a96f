/** A sound SQLite database, but not one that this version of Touchstone can use. */
export class ForeignDatabaseError extends Error {
  override readonly name = 'ForeignDatabaseError';
  readonly code = 'foreign-database';
}
