import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { SignalRecord } from '../../src/core/ports/signalRecord.ts';

/** All records of a ledger file, oldest first; none when there is no file yet. Another process may be writing to it. */
export function readLedger(file: string): readonly SignalRecord[] {
  if (!existsSync(file)) return [];
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const rows = database.prepare('SELECT record FROM signals ORDER BY sequence').all();
    return rows.map(({ record }) => JSON.parse(String(record)) as SignalRecord);
  } finally {
    database.close();
  }
}
