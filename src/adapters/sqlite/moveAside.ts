import { readdirSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { deleteFile } from '../durable/ownPlace.ts';
import { storageError } from '../durable/storageError.ts';

/** In the name of every file that was moved aside. */
export const DAMAGED = '.damaged-';

/**
 * Renames a database with its write-ahead log, freeing the name for a new one; returns the new name. Of those moved aside
 * earlier the newest stay, so many that there are `kept` in all.
 */
export async function moveAside(file: string, kept = Infinity): Promise<string> {
  const movedTo = `${file}${DAMAGED}${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
  try {
    await rename(file, movedTo);
    // There is no log when the database was closed in good order.
    await rename(`${file}-wal`, `${movedTo}-wal`).catch(() => undefined);
    deleteFile(`${file}-shm`);
  } catch (error) {
    throw storageError(error, file);
  }
  deleteOldest(file, kept);
  return movedTo;
}

function deleteOldest(file: string, kept: number): void {
  const folder = dirname(file);
  const aside = readdirSync(folder).filter((name) => name.startsWith(`${basename(file)}${DAMAGED}`));
  // The time in their names puts them in order.
  const databases = aside.filter((name) => !name.endsWith('-wal')).toSorted();
  const oldest = databases.slice(0, Math.max(0, databases.length - kept));
  for (const name of oldest.flatMap((each) => [each, `${each}-wal`])) deleteFile(join(folder, name));
}
