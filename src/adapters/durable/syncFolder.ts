import { open } from 'node:fs/promises';
import { errorCode } from './errorCode.ts';
import { storageErrorAt } from './storageError.ts';

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
