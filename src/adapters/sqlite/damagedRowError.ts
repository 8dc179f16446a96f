/** A row that no statement can have written: its page is damaged in a way that SQLite does not see on reading. */
export class DamagedRowError extends Error {
  override readonly name = 'DamagedRowError';
  readonly code = 'damaged-row';

  constructor(column: string) {
    super(`The column ${column} holds what nobody wrote.`);
  }
}
