import type { Context } from '../../core/context/contextSource.ts';
import { NotIndexedError, StoreUnavailableError } from '../../core/errors/storeErrors.ts';
import type { EmbeddingMethod } from '../../core/indexing/vectors/embeddingMethod.ts';
import type { Logger } from '../../core/ports/runtime.ts';
import type { SearchHit } from '../../core/retrieval/hit.ts';
import type { FolderConfig } from '../../protocol/engine.ts';
import type { FileAtHand } from '../query/fileAtHand.ts';
import { FolderContext } from '../query/folderContext.ts';
import { DocumentMirror, openQueryFolder, type QueryFolder } from '../query/queryFolder.ts';
import { builtInMethod, holdsIndex } from './folderStores.ts';

export interface WorkspaceOptions {
  readonly log: Logger;
  /** How vectors are made; the built-in way when absent. */
  readonly method?: EmbeddingMethod;
  /** The texts of open editors, which stand in for what is on disk; none when absent. */
  readonly mirror?: DocumentMirror;
  /** Hears of every file that is worked on. */
  readonly atHand?: FileAtHand;
}

/** One folder with what is indexed of it, as every program reads it: worker, command line, server. */
export interface OpenWorkspace extends QueryFolder {
  /** The best places for a question by all that may know of them, and how they were found. */
  context(question: string, count: number, signal: AbortSignal): Promise<Context<SearchHit>>;
}

/** Opens a folder. Nothing of its index is in memory until `catchUp`. */
export async function openWorkspace(
  config: FolderConfig,
  { log, method = builtInMethod(), mirror = new DocumentMirror(), atHand }: WorkspaceOptions,
): Promise<OpenWorkspace> {
  const folder = await openQueryFolder(config, mirror, log, method, atHand);
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
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof StoreUnavailableError && codes.includes(error.code);
}
