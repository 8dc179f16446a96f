/**
 * The formats that the signal ledger has had, and the steps from each to the next. A published step is never edited.
 *
 * Rows are never rewritten: each says in which format it was written, and is brought up to date whenever it is read. So
 * nothing can be lost on the way, and a process of an older version that has the file open may go on appending rows of
 * its own format. For the same reason no step may take away or rename what such a process writes to.
 */
import type { TableMigration } from './databaseFormat.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export interface SignalMigration extends TableMigration {
  /** A record of the format before as one of this format. Whatever is not as expected stays as it is. */
  readonly upgrade: (record: JsonObject) => JsonObject;
}

/** In order; the first leads from format 1. */
export const SIGNAL_MIGRATIONS: readonly SignalMigration[] = [
  {
    // What an offer came from is a part of its provenance, of which format 1 knew nothing else.
    to: 2,
    sql: ['ALTER TABLE signals ADD COLUMN format INTEGER NOT NULL DEFAULT 1'],
    upgrade({ source, ...record }) {
      return record['kind'] === 'offered' && typeof source === 'string'
        ? { ...record, provenance: { source } }
        : { ...record, ...(source !== undefined && { source }) };
    },
  },
];

/** The format that is written now. */
export const SIGNAL_FORMAT = 1 + SIGNAL_MIGRATIONS.length;

/** A record that was written in `format` as one of the format of now. */
export function upgradeSignal(record: JsonObject, format: number): JsonObject {
  return SIGNAL_MIGRATIONS.filter(({ to }) => to > format).reduce(
    (upgraded, { upgrade }) => upgrade(upgraded),
    record,
  );
}
