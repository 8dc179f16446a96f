import type { Context } from '../../core/context/contextSource.ts';
import { NotIndexedError, StoreCorruptError, StoreUnavailableError } from '../../core/errors/storeErrors.ts';
import type { RefreshReport } from '../../core/indexing/refreshPass.ts';
import type { EmbeddingMethod } from '../../core/indexing/vectors/embeddingMethod.ts';
import type { Logger } from '../../core/ports/runtime.ts';
import type { SearchHit } from '../../core/retrieval/hit.ts';
import type { FolderConfig } from '../../protocol/engine.ts';
import { IndexerFolder } from '../indexer/indexerFolder.ts';
import { FolderContext } from '../query/folderContext.ts';
import { DocumentMirror, openQueryFolder, type QueryFolder } from '../query/queryFolder.ts';
import { builtInMethod, holdsIndex } from './folderStores.ts';

interface WorkspaceOptions {
  readonly log: Logger;
  /** How vectors are made; the built-in way when absent. */
  readonly method?: EmbeddingMethod;
  /** The texts of open editors, which stand in for what is on disk; none when absent. */
  readonly mirror?: DocumentMirror;
}

/** One folder with what is indexed of it, as every program reads it: worker, command line, server. */
export interface OpenWorkspace extends QueryFolder {
  /** The best places for a question by all that may know of them, and how they were found. */
  context(question: string, count: number, signal: AbortSignal): Promise<Context<SearchHit>>;
}

/** Opens a folder. Nothing of its index is in memory until `catchUp`. */
export async function openWorkspace(
  config: FolderConfig,
  { log, method = builtInMethod(), mirror = new DocumentMirror() }: WorkspaceOptions,
): Promise<OpenWorkspace> {
  const folder = await openQueryFolder(config, mirror, log, method);
  const workspace: OpenWorkspace = {
    ...folder,
    context: (question, count, signal) =>
      new FolderContext({ folders: [workspace], log }).explain(question, count, signal),
  };
  return workspace;
}

/** Opens what is indexed of a folder and changes nothing, not even the store; throws `NotIndexedError` when nothing is. */
export async function openAsItIs(config: FolderConfig, options: WorkspaceOptions): Promise<OpenWorkspace> {
  const readOnly = { ...config, isReadOnly: true };
  const workspace = await openWorkspace(readOnly, options).catch((error: unknown) => {
    throw hasCode(error, 'store-missing', 'store-older') ? new NotIndexedError(config.root, error) : error;
  });
  try {
    await workspace.catchUp();
    // An empty folder that was indexed is not one that never was.
    if (workspace.paths().length === 0 && !(await holdsIndex(readOnly, options.log))) {
      throw new NotIndexedError(config.root);
    }
    return workspace;
  } catch (error) {
    await workspace.close();
    throw error;
  }
}

/** Whether a store cannot be opened for one of these reasons. */
function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof StoreUnavailableError && codes.includes(error.code);
}

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
      await workspace.catchUp();
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
