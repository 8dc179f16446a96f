import { createNodeFileTree } from '../../adapters/files/nodeFileTree.ts';
import { sha256Digest } from '../../adapters/files/sha256Digest.ts';
import { steadyClock } from '../../core/async/systemClock.ts';
import { createCodeChunker } from '../../core/chunking/codeChunker.ts';
import { EditHistory } from '../../core/completion/editHistory.ts';
import { createWorkspaceSource } from '../../core/completion/workspaceModel.ts';
import { decodeText } from '../../core/indexing/decodeText.ts';
import { LARGEST_BYTES } from '../../core/indexing/discover.ts';
import { excludedPaths } from '../../core/indexing/excludedPaths.ts';
import type { FileTree } from '../../core/ports/files.ts';
import type { EmbeddingMethod } from '../../core/indexing/vectors/embeddingMethod.ts';
import type { CompletionSource } from '../../core/ports/completionSource.ts';
import type { Clock, Logger } from '../../core/ports/runtime.ts';
import { createSearch, type DenseSearch } from '../../core/retrieval/search.ts';
import type { SearchHit } from '../../core/retrieval/hit.ts';
import { isSecretPath } from '../../core/secrets/isSecretPath.ts';
import { withoutSecretFiles } from '../../core/secrets/withoutSecretFiles.ts';
import type { TextEdit } from '../../core/text/textEdit.ts';
import type { DiscoverySettings, DocumentRef, FolderConfig } from '../../protocol/engine.ts';
import { builtInMethod, openIndexReplica } from '../workspace/folderStores.ts';
import { FolderDiscovery } from '../workspace/folderDiscovery.ts';
import { completeSoundly, withSoundMemory } from '../workspace/soundMemory.ts';
import { FileAtHand, FolderAtHand } from './fileAtHand.ts';
import { Debounce, UnsavedFiles } from './unsavedFiles.ts';

/** One folder, ready to be asked. */
export interface QueryFolder {
  readonly root: string;
  /** Catches up with the newest committed generation. Rejects with the signal's reason when that aborts. */
  catchUp(signal?: AbortSignal): Promise<void>;
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
  /** Leaves an image of memory for whoever starts next, where that would be noticeably quicker for it. */
  saveImage(): Promise<void>;
  close(): Promise<void>;
}

/** How long a folder's index must not change until an image of memory is saved. */
const IMAGE_QUIET_MS = 20_000;

/** Holds nothing of the index until it is first told to follow. `method`: how the vectors are made; `atHand` hears of every file. */
export async function openQueryFolder(
  config: FolderConfig,
  mirror: DocumentMirror,
  log: Logger,
  method: EmbeddingMethod = builtInMethod(),
  atHand: FileAtHand = new FileAtHand(),
): Promise<QueryFolder> {
  const { root } = config;
  const tree = withoutSecretFiles(await createNodeFileTree(root));
  const discovery = new FolderDiscovery(root, config.discovery, config.store);
  const here = new FolderAtHand(root, discovery, atHand);
  const { reader, dense, close } = await openIndexReplica(config, log, method, here);
  const unsaved = new UnsavedFiles({
    loaded: reader,
    buffers: () => [...mirror.texts(root)].filter(([path]) => !here.isAside(path)),
    onBegin: here.onBegin,
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
    async catchUp(signal) {
      await reader.catchUp(signal);
      await unsaved.update();
      saving.later();
    },
    paths: () => [...reader.lexical.paths()],
    search: (query, count, signal) => withSoundMemory(reader, () => search.search(query, count, signal)),
    completions: createWorkspaceSource((request) => {
      if (here.isAside(request.path)) return undefined;
      here.onBegin(request.path);
      return completeSoundly(reader, request);
    }, steadyClock),
    configure(settings) {
      discovery.configure(settings);
    },
    excluded: async (paths) => excludedPaths(tree, paths, await discovery.options()),
    readLive: async (path) =>
      here.isAside(path) ? undefined : readLive(tree, path, mirror.text({ root, path }), here.onBegin),
    bufferChanged() {
      unsaved.changed();
    },
    saveImage: () => reader.saveImage(),
    async close() {
      saving.dispose();
      unsaved.dispose();
      await close();
    },
  };
}

/** The open buffer, else the file on disk. */
async function readLive(
  tree: FileTree,
  path: string,
  open: string | undefined,
  onBegin: (path: string) => void,
): Promise<string | undefined> {
  let text: string | Uint8Array;
  try {
    text = open ?? (await tree.read(path, LARGEST_BYTES));
  } catch {
    // Deleted or unreadable since it was indexed: to the user there is no such text.
    return undefined;
  }
  onBegin(path);
  return typeof text === 'string' ? text : decodeText(text);
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

interface MirroredDocument {
  readonly version: number;
  readonly text: string;
}

/**
 * The editor's open buffers as the query worker knows them, unsaved edits included. Fed by the host in order; the
 * text of a document that is not open here is whatever is on disk. Files that hold credentials are never kept.
 */
export class DocumentMirror {
  readonly #documents = new Map<string, MirroredDocument>();
  readonly #clock: Pick<Clock, 'now'>;
  /** What was edited last; its documents are named by `mirrorKey`. */
  readonly history = new EditHistory();

  constructor(clock: Pick<Clock, 'now'> = steadyClock) {
    this.#clock = clock;
  }

  open(document: DocumentRef, version: number, text: string): void {
    if (isSecretPath(document.path, document.root)) return;
    const key = mirrorKey(document);
    this.#documents.set(key, { version, text });
    this.history.interrupt(key);
  }

  /** Applies edits one after the other, as the editor reports them; ignored for a document never opened. */
  change(document: DocumentRef, version: number, edits: readonly TextEdit[]): void {
    const key = mirrorKey(document);
    const current = this.#documents.get(key);
    if (!current) return;
    const versions = { fromVersion: current.version, toVersion: version };
    const at = this.#clock.now();
    const text = edits.reduce((textBefore, edit) => {
      const { startOffset, endOffset } = edit;
      const textAfter = textBefore.slice(0, startOffset) + edit.text + textBefore.slice(endOffset);
      this.history.record({ document: key, ...versions, textBefore, textAfter, edit, at });
      return textAfter;
    }, current.text);
    this.#documents.set(key, { version, text });
  }

  close(document: DocumentRef): void {
    const key = mirrorKey(document);
    this.#documents.delete(key);
    this.history.interrupt(key);
  }

  /** The live text, or `undefined` when the document is not open. */
  text(document: DocumentRef): string | undefined {
    return this.#documents.get(mirrorKey(document))?.text;
  }

  /** The open buffers of a folder, with their paths. */
  *texts(root: string): Generator<readonly [path: string, text: string]> {
    for (const [key, { text }] of this.#documents) {
      if (key.startsWith(`${root}\0`)) yield [key.slice(root.length + 1), text];
    }
  }

  /** The live text only if exactly this version is mirrored: an older question is no longer worth answering. */
  textAt(document: DocumentRef, version: number): string | undefined {
    const current = this.#documents.get(mirrorKey(document));
    return current?.version === version ? current.text : undefined;
  }
}

/** Names a document among those of all folders. */
function mirrorKey(document: DocumentRef): string {
  return `${document.root}\0${document.path}`;
}
