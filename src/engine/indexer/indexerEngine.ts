import { openEmbeddingCache } from '../../adapters/sqlite/embeddingCache.ts';
import { isAbortError } from '../../core/errors/touchstoneError.ts';
import type { EmbeddingMethod } from '../../core/indexing/vectors/embeddingMethod.ts';
import type { EmbeddingCache } from '../../core/ports/models.ts';
import type { Logger } from '../../core/ports/runtime.ts';
import type { SkippedFile } from '../../core/ports/indexStore.ts';
import type {
  DiscoverySettings,
  EngineConfig,
  FolderConfig,
  IndexerService,
  PauseKind,
} from '../../protocol/engine.ts';
import { builtInMethod, type MethodSource, openFolders } from '../workspace/folderStores.ts';
import { IndexerFolder, type IndexerHost } from './indexerFolder.ts';
import { LazyProviderModels } from '../models/lazyProviderModels.ts';
import { documentMethod } from '../models/providerMethod.ts';

/** Keeps the durable indexes of the open folders up to date. The only part of Touchstone that writes them. */
export class IndexerEngine implements IndexerService {
  readonly #host: IndexerHost;
  readonly #log: Logger;
  readonly #method: EmbeddingMethod | undefined;
  readonly #models: LazyProviderModels;
  #folders: readonly IndexerFolder[] = [];
  /** Vectors that were paid for, for all open folders. */
  #cache: EmbeddingCache | undefined;

  /** `method`: how vectors are made; as the configuration says unless given. */
  constructor(host: IndexerHost, log: Logger, method?: EmbeddingMethod) {
    this.#host = host;
    this.#log = log;
    this.#method = method;
    this.#models = new LazyProviderModels(log);
  }

  async open(config: EngineConfig): Promise<void> {
    await this.close();
    const report = { host: this.#host, log: this.#log };
    const methodFor = this.#methodFor(config);
    const open = (folder: FolderConfig) => IndexerFolder.open(folder, this.#host, this.#log, methodFor);
    this.#folders = await openFolders(config.folders, open, report);
  }

  async refresh(options: Parameters<IndexerService['refresh']>[0]): Promise<void> {
    await Promise.all(this.#folders.map((folder) => this.#settle(folder.refresh(options), folder.root)));
  }

  touch(root: string, paths: readonly string[]): void {
    const folder = this.#find(root);
    if (folder) void this.#settle(folder.touch(paths), root);
  }

  configure(root: string, settings: DiscoverySettings): void {
    const folder = this.#find(root);
    if (folder) void this.#settle(folder.configure(settings), root);
  }

  async pause(kind: PauseKind): Promise<void> {
    await Promise.all(this.#folders.map((folder) => folder.pause(kind)));
  }

  async resume(): Promise<void> {
    await Promise.all(this.#folders.map((folder) => this.#settle(folder.resume(), folder.root)));
  }

  skipped(root: string): Promise<readonly SkippedFile[]> {
    return Promise.resolve(this.#find(root)?.skipped ?? []);
  }

  async setAside(root: string, path: string): Promise<void> {
    await this.#find(root)?.setAside(path);
  }

  ping(): Promise<void> {
    return Promise.resolve();
  }

  async clear(): Promise<void> {
    await Promise.all(this.#folders.map((folder) => folder.clear()));
  }

  async close(): Promise<void> {
    const folders = this.#folders;
    this.#folders = [];
    await Promise.all(folders.map((folder) => folder.close()));
    await this.#cache?.close();
    this.#cache = undefined;
  }

  #methodFor({ embedding }: EngineConfig): MethodSource {
    const method = this.#method;
    if (method) return () => method;
    if (!embedding) return builtInMethod;
    const { model: access, cache: file } = embedding;
    const cache = openEmbeddingCache({ file, log: this.#log, now: Date.now });
    this.#cache = cache;
    return (wait) =>
      documentMethod({
        access,
        models: this.#models,
        cache,
        onWaiting: ({ message }) => {
          wait(message);
        },
      });
  }

  #find(root: string): IndexerFolder | undefined {
    return this.#folders.find((folder) => folder.root === root);
  }

  /** Waits for a pass: a cancelled one is no failure, and a failed one has set the folder's status. */
  async #settle(pass: Promise<unknown>, root: string): Promise<void> {
    try {
      await pass;
    } catch (error) {
      if (!isAbortError(error)) this.#log.error(`cannot index ${root}`, error);
    }
  }
}
