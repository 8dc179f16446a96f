import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { StoreUnavailableError } from '../../core/errors/storeErrors.ts';
import { lookAt } from './ownPlace.ts';
import { errorCode, storageErrorAt } from './storageError.ts';

/** Ends the name of a file that is still being written; one that outlives its writer may be deleted. */
export const TEMPORARY_SUFFIX = '.tmp';

/** Virus scanners and indexers on Windows hold new files open for a moment. */
const RENAME_DELAYS_MS = process.platform === 'win32' ? [10, 30, 100, 300, 1000] : [];

/**
 * Writes a whole file so that at every moment, also after a crash, the name stands for the old content, the new
 * content or (as before) nothing. Rejects with a `StoreUnavailableError` for a device, a pipe or a socket of that name, which
 * a file would replace for everybody. The folder must be there. Call `syncFolder` once before relying on the new name after a power failure.
 */
export async function atomicWrite(file: string, bytes: Uint8Array): Promise<void> {
  const found = lookAt(file);
  if (found && !found.isFile() && !found.isSymbolicLink()) throw new StoreUnavailableError('unusable', file);
  const temporary = `${file}.${randomUUID()}${TEMPORARY_SUFFIX}`;
  try {
    await writeAndSync(temporary, bytes);
    await renameOver(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw storageErrorAt(error, file);
  }
}

async function writeAndSync(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function renameOver(from: string, to: string): Promise<void> {
  for (const delayMs of RENAME_DELAYS_MS) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      if (!['EPERM', 'EBUSY', 'EACCES'].includes(errorCode(error) ?? '')) throw error;
      await delay(delayMs);
    }
  }
  await rename(from, to);
}
