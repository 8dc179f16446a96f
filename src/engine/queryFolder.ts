import { systemClock } from '../core/systemClock.ts';
import { createNodeFileTree } from '../adapters/files/nodeFileTree.ts';
import { createVectraReader } from '../adapters/vectra/vectraReader.ts';
import type { Completion, CompletionRequest } from '../core/completion/request.ts';
import type { Logger } from '../core/ports.ts';
import type { SearchHit } from '../core/retrieval/hit.ts';
import { createSearch } from '../core/retrieval/search.ts';
import { withoutSecretFiles } from '../core/secrets/withoutSecretFiles.ts';
import { decodeText } from '../core/indexing/decodeText.ts';
import type { FolderConfig } from '../protocol/engine.ts';
import type { DocumentMirror } from './documentMirror.ts';
import { FolderReader } from './folderReader.ts';
import { openFolderStores } from './folderStores.ts';

/** One folder, ready to be asked. */
export interface QueryFolder {
  readonly root: string;
  /** Catches up with the newest committed generation. */
  follow(): Promise<void>;
  /** Every indexed path. */
  paths(): readonly string[];
  search(query: string, count: number, signal?: AbortSignal): Promise<readonly SearchHit[]>;
  complete(request: CompletionRequest): Completion | undefined;
  /** The text a user sees: the open buffer, else the file on disk; `undefined` when there is none. */
  readLive(path: string): Promise<string | undefined>;
  close(): Promise<void>;
}

export async function openQueryFolder(
  config: FolderConfig,
  mirror: DocumentMirror,
  log: Logger,
): Promise<QueryFolder> {
  const { root } = config;
  const stores = await openFolderStores(config, log);
  const tree = withoutSecretFiles(await createNodeFileTree(root));
  const vectors = createVectraReader({ directory: config.store, embedder: stores.embedder });
  const reader = new FolderReader(stores.index, vectors);
  const search = createSearch({
    lexical: reader.lexical,
    vectors,
    embedder: stores.embedder,
    clock: systemClock,
    log,
  });
  return {
    root,
    follow: () => reader.follow(),
    paths: () => [...reader.lexical.paths()],
    search: (query, count, signal) => search.search(query, count, signal),
    complete: (request) => reader.model.complete(request),
    async readLive(path) {
      const open = mirror.text({ root, path });
      if (open !== undefined) return open;
      try {
        return decodeText(await tree.read(path));
      } catch {
        // Deleted or unreadable since it was indexed: to the user there is no such text.
        return undefined;
      }
    },
    async close() {
      await vectors.refresh({});
      await stores.index.close();
    },
  };
}
