import { appendFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolder } from '../durable/makeFolder.ts';
import { assertOwnFile } from '../durable/ownPlace.ts';
import { storageErrorAt } from '../durable/storageError.ts';

/** Appends to a file, or makes it with its folder; rejects with a `StoreUnavailableError` for a link. */
export async function appendLines(file: string, text: string): Promise<void> {
  try {
    makeFolder(dirname(file));
    assertOwnFile(file, { mayBeForeign: true });
    await appendFile(file, text, { mode: 0o600 });
  } catch (error) {
    throw storageErrorAt(error, file);
  }
}
