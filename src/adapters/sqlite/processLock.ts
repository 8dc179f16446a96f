import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { makeFolder, PRIVATE } from '../durable/makeFolder.ts';
import { assertOwnDatabase } from './ownDatabase.ts';
import { deleteFile } from '../durable/ownPlace.ts';
import { retryWhileBusy } from './retryWhileBusy.ts';
import { isUnusable, sqliteFailure } from './sqliteError.ts';

export interface LockWaiting {
  readonly signal?: AbortSignal;
  /** Told once when the lock has been waited for so long, in milliseconds, that somebody may wonder. */
  readonly onLongWait?: () => void;
  readonly longWaitMs?: number;
}

const LONG_WAIT_MS = 15_000;

/**
 * Waits until no other process or thread holds the lock named by `file`, takes it and returns the function that lets
 * go. It is SQLite's exclusive file lock: the operating system releases it when its holder dies, however it dies.
 */
export async function acquireProcessLock(
  file: string,
  { signal, onLongWait = () => undefined, longWaitMs = LONG_WAIT_MS }: LockWaiting = {},
): Promise<() => void> {
  makeFolder(dirname(file), PRIVATE);
  const timer = setTimeout(onLongWait, longWaitMs);
  try {
    return await retryWhileBusy(() => tryLock(file), signal && { signal });
  } finally {
    clearTimeout(timer);
  }
}

function tryLock(file: string): () => void {
  let database: DatabaseSync | undefined;
  try {
    assertOwnDatabase(file);
    database = new DatabaseSync(file);
    // Nothing is ever written: a journal on disk would only keep the lock from being taken when there is no space.
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    const held = database;
    return () => {
      held.close();
    };
  } catch (error) {
    database?.close();
    if (!isUnusable(error)) throw sqliteFailure(error, file);
    // Nobody can hold a lock that is no database, nor ever get it.
    if (!deleteFile(file) && existsSync(file)) throw sqliteFailure(error, file);
    return tryLock(file);
  }
}
