import { rename, rm } from 'node:fs/promises';
import { storageError } from '../durable/storageError.ts';

/** In the name of every file that was moved aside. */
export const DAMAGED = '.damaged-';

/** Renames a database with its write-ahead log, freeing the name for a new one; returns the new name. */
export async function moveAside(file: string): Promise<string> {
  const movedTo = `${file}${DAMAGED}${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
  try {
    await rename(file, movedTo);
    // There is no log when the database was closed in good order.
    await rename(`${file}-wal`, `${movedTo}-wal`).catch(() => undefined);
    await rm(`${file}-shm`, { force: true });
  } catch (error) {
    throw storageError(error, file);
  }
  return movedTo;
}
