import { openSignalLedger } from '../../../src/adapters/sqlite/signalLedger.ts';
import type { SignalRecord } from '../../../src/core/ports/signalRecord.ts';
import { silentLogger } from '../../support/silentLogger.ts';

/** The record with this number; records of the campaign are numbered from 0 without a gap. */
export function numberedSignal(number: number): SignalRecord {
  return {
    kind: 'outcome',
    id: String(number),
    at: 1,
    workspace: 'crash',
    outcome: 'accepted',
    afterMs: number,
  };
}

/** How many records the ledger holds. Throws if an acknowledged one is missing, or any is doubled or out of order. */
export async function checkLedger(file: string, acknowledged: number): Promise<number> {
  const ledger = await openSignalLedger(file, silentLogger);
  const records = await ledger.read();
  await ledger.close();
  const wrong = records.findIndex(({ id }, index) => id !== String(index));
  if (wrong >= 0) throw new Error(`Signal ${records[wrong]?.id ?? ''} is in the place of ${wrong}.`);
  if (records.length < acknowledged) {
    throw new Error(`${acknowledged} signals were acknowledged, ${records.length} are there.`);
  }
  return records.length;
}
