import { createHash } from 'node:crypto';
import { lstat, readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { storeDirectory } from '../protocol/storeLocation.ts';
import type { Arguments } from './arguments.ts';
import { UsageError } from './usageError.ts';

/** The store of a folder: the one that is named, else that of the user's cache. */
export function storeOf(root: string, { store }: Pick<Arguments, 'store'>): string {
  return store === undefined ? defaultStore(root) : resolve(store);
}

function defaultStore(root: string): string {
  return storeDirectory(root, {
    platform: process.platform,
    env: process.env,
    home: homedir(),
    sha256hex: (text) => createHash('sha256').update(text).digest('hex'),
  });
}

/** What a store has beside its manifest, of which nothing is left when the manifest was deleted. */
const PARTS =
  /^(?:manifest\.sqlite.*|writer\.lock\.sqlite.*|memory\.image.*|segments|bases|vectors|evaluations)$/;
const MANIFEST = 'manifest.sqlite';

/**
 * Throws `UsageError` for a folder that holds something else: a store deletes what is in its folders and not its own. One
 * that is not there, is a link or cannot be listed is left to who opens it.
 */
export async function assertStorePlace(store: string): Promise<void> {
  const place = await lstat(store).catch(() => undefined);
  if (!place?.isDirectory()) return;
  const names: readonly string[] = await readdir(store).catch(() => []);
  if (names.includes(MANIFEST) || names.every((name) => PARTS.test(name))) return;
  throw new UsageError(
    `${store} holds other files and no index. Name an empty folder, or a new one, for --store.`,
  );
}
