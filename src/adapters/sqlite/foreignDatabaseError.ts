/** What the file is to this version: made by an older one, by a newer one, or by another program altogether. */
export type Origin = 'older' | 'newer' | 'other';

/** A sound SQLite database, but not one that this version of Touchstone can use. */
export class ForeignDatabaseError extends Error {
  override readonly name = 'ForeignDatabaseError';
  readonly code = 'foreign-database';
  readonly origin: Origin;

  constructor(origin: Origin, message: string) {
    super(message);
    this.origin = origin;
  }
}
