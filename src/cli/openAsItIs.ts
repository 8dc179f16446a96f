import { StoreUnavailableError } from '../core/errors/storeErrors.ts';
import type { Logger } from '../core/ports/runtime.ts';
import { DocumentMirror } from '../engine/query/documentMirror.ts';
import { holdsIndex } from '../engine/workspace/folderStores.ts';
import { openQueryFolder, type QueryFolder } from '../engine/query/queryFolder.ts';
import type { FolderConfig } from '../protocol/engine.ts';
import { UsageError } from './usageError.ts';

/** Opens what is indexed of a folder and changes nothing, not even the store; throws `UsageError` when nothing is. */
export async function openAsItIs(config: FolderConfig, log: Logger): Promise<QueryFolder> {
  const readOnly = { ...config, isReadOnly: true };
  const folder = await openQueryFolder(readOnly, new DocumentMirror(), log).catch((error: unknown) => {
    throw isMissing(error) ? notIndexed(config, error) : error;
  });
  try {
    await folder.follow();
    // An empty folder that was indexed is not one that never was.
    if (folder.paths().length === 0 && !(await holdsIndex(readOnly, log))) throw notIndexed(config);
    return folder;
  } catch (error) {
    await folder.close();
    throw error;
  }
}

/** Whether the index could not be brought up to date because it cannot be written, and can be read. */
export async function canBeUsedAsItIs(config: FolderConfig, error: unknown, log: Logger): Promise<boolean> {
  if (!hasCode(error, 'store-read-only', 'store-unusable')) return false;
  return holdsIndex({ ...config, isReadOnly: true }, log).catch(() => false);
}

function isMissing(error: unknown): boolean {
  return hasCode(error, 'store-missing', 'store-older');
}

function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof StoreUnavailableError && codes.includes(error.code);
}

function notIndexed({ root }: FolderConfig, cause?: unknown): UsageError {
  const why = cause instanceof Error ? ` ${cause.message}` : '';
  return new UsageError(
    `${root} is not indexed.${why} Run 'touchstone index' first, or leave --no-index out.`,
    { cause },
  );
}
