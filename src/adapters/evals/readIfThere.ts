import { readRegularFile } from '../durable/regularFile.ts';
import { errorCode, storageErrorAt } from '../durable/storageError.ts';

/** The text of a file, empty when there is none. Rejects with a `StoreUnavailableError` when it cannot be read. */
export async function readIfThere(file: string): Promise<string> {
  try {
    return (await readRegularFile(file)).toString();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return '';
    throw storageErrorAt(error, file);
  }
}
