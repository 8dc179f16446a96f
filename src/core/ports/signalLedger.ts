import type { SignalRecord } from './signalRecord.ts';

/** Append-only, crash-safe record of what became of suggestions and answers. Local; never sent anywhere. */
export interface SignalLedger {
  /** Durable once resolved. */
  append(records: readonly SignalRecord[]): Promise<void>;
  /** All records in the order they were appended, or those of one workspace. */
  read(filter?: { readonly workspace?: string }): Promise<readonly SignalRecord[]>;
  /** Deletes every record. */
  clear(): Promise<void>;
  close(): Promise<void>;
}
