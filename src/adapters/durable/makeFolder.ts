import { mkdirSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode, storageError, storageErrorAt } from './storageError.ts';

/** The mode of a folder that nobody but the user may look into. */
export const PRIVATE = 0o700;

/**
 * Makes the folder and those above it; throws a `StoreUnavailableError` where that is impossible. Unlike `mkdir` with
 * `recursive` it returns below `/proc` as well, and it writes nothing, not even in vain, when the folder is there.
 */
export function makeFolder(folder: string, mode?: number): void {
  try {
    make(folder, mode);
  } catch (error) {
    throw storageError(error, folder);
  }
}

function make(folder: string, mode: number | undefined): void {
  if (isFolder(folder)) return;
  const above = dirname(folder);
  if (above !== folder) make(above, mode);
  try {
    mkdirSync(folder, { mode });
  } catch (error) {
    // Another process may have been quicker.
    if (errorCode(error) !== 'EEXIST' || !isFolder(folder)) throw error;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** What systems answer that cannot sync a folder, and need not. */
const UNSUPPORTED: readonly (string | undefined)[] = ['EINVAL', 'ENOTSUP', 'EISDIR', 'EPERM', 'EACCES'];

/** Makes the names of files created in or renamed into `folder` survive a power failure. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!UNSUPPORTED.includes(errorCode(error))) throw storageErrorAt(error, folder);
  }
}
