import { readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
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
    await rm(`${file}-shm`, { force: true });
  } catch (error) {
    throw storageError(error, file);
  }
  await deleteOldest(file, kept);
  return movedTo;
}

async function deleteOldest(file: string, kept: number): Promise<void> {
  const folder = dirname(file);
  const names = await readdir(folder).catch(() => []);
  const aside = names.filter((name) => name.startsWith(`${basename(file)}${DAMAGED}`));
  // The time in their names puts them in order.
  const databases = aside.filter((name) => !name.endsWith('-wal')).toSorted();
  for (const name of databases.slice(0, Math.max(0, databases.length - kept))) {
    for (const each of [name, `${name}-wal`])
      await rm(join(folder, each), { force: true }).catch(() => undefined);
  }
}
