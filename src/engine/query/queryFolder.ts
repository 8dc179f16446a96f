import { steadyClock } from '../../core/async/systemClock.ts';
import { createNodeFileTree } from '../../adapters/files/nodeFileTree.ts';
import { sha256Digest } from '../../adapters/files/sha256Digest.ts';
import { createCodeChunker } from '../../core/chunking/codeChunker.ts';
import { createWorkspaceSource } from '../../core/completion/workspaceModel.ts';
import type { EmbeddingMethod } from '../../core/indexing/vectors/embeddingMethod.ts';
import type { CompletionSource } from '../../core/ports/completionSource.ts';
import type { Logger } from '../../core/ports/runtime.ts';
import type { SearchHit } from '../../core/retrieval/hit.ts';
import type { DenseSearch } from '../../core/retrieval/denseSearch.ts';
import { createSearch } from '../../core/retrieval/search.ts';
import { withoutSecretFiles } from '../../core/secrets/withoutSecretFiles.ts';
import { decodeText } from '../../core/indexing/decodeText.ts';
import { LARGEST_BYTES } from '../../core/indexing/discover.ts';
import { excludedPaths } from '../../core/indexing/excludedPaths.ts';
import type { DiscoverySettings, FolderConfig } from '../../protocol/engine.ts';
import type { DocumentMirror } from './documentMirror.ts';
import { FolderDiscovery } from '../workspace/folderDiscovery.ts';
import { builtInMethod } from '../workspace/folderStores.ts';
import { openIndexReplica } from '../workspace/openIndexReplica.ts';
import { completeSoundly, withSoundMemory } from '../workspace/soundMemory.ts';
import { UnsavedFiles } from './unsavedFiles.ts';
import { Debounce } from './debounce.ts';

/** One folder, ready to be asked. */
export interface QueryFolder {
  readonly root: string;
  /** Catches up with the newest committed generation. */
  catchUp(): Promise<void>;
  /** Every indexed path. */
  paths(): readonly string[];
  search(query: string, count: number, signal?: AbortSignal): Promise<readonly SearchHit[]>;
  /** Completes with what is known of this folder. */
  readonly completions: CompletionSource;
  /** A buffer of this folder was opened, changed or closed. */
  bufferChanged(): void;
  /** What the settings say by now about its files. */
  configure(settings: DiscoverySettings): void;
  /** Those of these paths that must not be read, by the rules as they are now. */
  excluded(paths: readonly string[]): Promise<ReadonlySet<string>>;
  /** The text a user sees: the open buffer, else the file on disk; `undefined` when there is none. */
  readLive(path: string): Promise<string | undefined>;
  close(): Promise<void>;
}

/** How long a folder's index must not change until an image of memory is saved. */
const IMAGE_QUIET_MS = 20_000;

/** Holds nothing of the index until it is first told to follow. `method`: how the vectors are made. */
export async function openQueryFolder(
  config: FolderConfig,
  mirror: DocumentMirror,
  log: Logger,
  method: EmbeddingMethod = builtInMethod(),
): Promise<QueryFolder> {
  const { root } = config;
  const tree = withoutSecretFiles(await createNodeFileTree(root));
  const discovery = new FolderDiscovery(root, config.discovery, config.store);
  const { reader, dense, close } = await openIndexReplica(config, log, method);
  const unsaved = new UnsavedFiles({
    loaded: reader,
    buffers: () => mirror.texts(root),
    hash: sha256Digest,
    // Without a parser: quick, and near enough until the file is saved.
    chunker: createCodeChunker(),
    clock: steadyClock,
  });
  const search = createSearch({
    get lexical() {
      return reader.lexical;
    },
    dense: withoutUnsaved(dense, unsaved),
    clock: steadyClock,
    log,
  });
  const saving = new Debounce(steadyClock, IMAGE_QUIET_MS, () => reader.saveImage());
  return {
    root,
    async catchUp() {
      await reader.catchUp();
      await unsaved.update();
      saving.later();
    },
    paths: () => [...reader.lexical.paths()],
    search: (query, count, signal) => withSoundMemory(reader, () => search.search(query, count, signal)),
    completions: createWorkspaceSource((request) => completeSoundly(reader, request), steadyClock),
    configure(settings) {
      discovery.configure(settings);
    },
    excluded: async (paths) => excludedPaths(tree, paths, await discovery.options()),
    async readLive(path) {
      const open = mirror.text({ root, path });
      if (open !== undefined) return open;
      try {
        return decodeText(await tree.read(path, LARGEST_BYTES));
      } catch {
        // Deleted or unreadable since it was indexed: to the user there is no such text.
        return undefined;
      }
    },
    bufferChanged() {
      unsaved.changed();
    },
    async close() {
      saving.dispose();
      unsaved.dispose();
      await close();
    },
  };
}

/** Vectors are of the committed chunks: of a file with unsaved text they would point at other lines. */
function withoutUnsaved(dense: DenseSearch, unsaved: Pick<UnsavedFiles, 'has'>): DenseSearch {
  return {
    get weighting() {
      return dense.weighting;
    },
    likenessTo: (text) => dense.likenessTo?.(text),
    nearest: async (text, count, signal) =>
      (await dense.nearest(text, count, signal)).filter(({ path }) => !unsaved.has(path)),
  };
}
