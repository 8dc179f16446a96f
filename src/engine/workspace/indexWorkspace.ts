import { StoreCorruptError } from '../../core/errors/storeErrors.ts';
import type { RefreshReport } from '../../core/indexing/refreshPass.ts';
import type { Logger } from '../../core/ports/runtime.ts';
import type { FolderConfig } from '../../protocol/engine.ts';
import { IndexerFolder } from '../indexer/indexerFolder.ts';
import { releaseMemory } from '../indexer/releaseMemory.ts';
import { builtInMethod, holdsIndex } from './folderStores.ts';
import { hasCode, type OpenWorkspace, openWorkspace, type WorkspaceOptions } from './openWorkspace.ts';

/** Files indexed anew whose records alone take tens of megabytes. */
const MANY_FILES = 20_000;

/** How an index is brought up to date. */
interface IndexOptions {
  /** Forgets it first. */
  readonly fromScratch?: boolean;
  /** Reads all that is stored first, and makes anew what is damaged. */
  readonly repair?: boolean;
}

interface UpToDateOptions extends WorkspaceOptions {
  readonly onDamaged: (damage: Error) => void;
  readonly signal?: AbortSignal;
}

/** An open workspace whose index this program keeps up to date itself; the editor has a worker of its own for that. */
interface IndexedWorkspace extends OpenWorkspace {
  /**
   * Brings the index up to date with the files, vectors included, and catches up with it. Rejects with the signal's reason
   * when that aborts; what was committed stays.
   */
  index(options?: IndexOptions, signal?: AbortSignal): Promise<RefreshReport>;
}

/** Opens a folder to be indexed and read. Nothing of its index is in memory until `catchUp` or `index`. */
async function openIndexedWorkspace(
  config: FolderConfig,
  options: WorkspaceOptions,
): Promise<IndexedWorkspace> {
  const workspace = await openWorkspace(config, options);
  return {
    ...workspace,
    async index(indexing = {}, signal) {
      const report = await indexWorkspace(config, indexing, { ...options, signal });
      // What indexing took would otherwise stay beside what reading takes.
      if (report.files - report.reused >= MANY_FILES) releaseMemory();
      await workspace.catchUp(signal);
      return report;
    },
  };
}

/**
 * Opens a folder and brings its index up to date. What turns out to be damaged on reading is repaired, once; `onDamaged`
 * hears of it before.
 */
export async function openUpToDate(
  config: FolderConfig,
  options: IndexOptions,
  { onDamaged, signal, ...opening }: UpToDateOptions,
): Promise<IndexedWorkspace> {
  const workspace = await openIndexedWorkspace(config, opening);
  try {
    await workspace.index(options, signal).catch((error: unknown) => {
      if (!(error instanceof StoreCorruptError)) throw error;
      onDamaged(error);
      return workspace.index({ ...options, repair: true }, signal);
    });
    return workspace;
  } catch (error) {
    await workspace.close();
    throw error;
  }
}

/** Brings a folder's index up to date without reading it into memory. */
export async function indexWorkspace(
  config: FolderConfig,
  { fromScratch = false, ...options }: IndexOptions,
  { log, method = builtInMethod(), signal }: WorkspaceOptions & { readonly signal?: AbortSignal | undefined },
): Promise<RefreshReport> {
  const host = { indexStatus: () => undefined, committed: () => undefined };
  const indexer = await IndexerFolder.open(config, host, log, () => method);
  try {
    return await indexer.refresh({ ...options, fromScratch }, signal);
  } finally {
    await indexer.close();
  }
}

/** Whether the index could not be brought up to date because it cannot be written, and can be read. */
export async function canBeOpenedAsItIs(config: FolderConfig, error: unknown, log: Logger): Promise<boolean> {
  if (!hasCode(error, 'store-read-only', 'store-unusable', 'store-foreign')) return false;
  return holdsIndex({ ...config, isReadOnly: true }, log).catch(() => false);
}
