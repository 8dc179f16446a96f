import { FileSessionStore } from '../../adapters/sessions/fileSessionStore.ts';
import { nextTurn } from '../../core/async/timeSlice.ts';
import { explainContext } from '../../core/context/explainContext.ts';
import { createFillSource } from '../../core/completion/fillSource.ts';
import { createSharedFill, type SharedFill } from '../../core/completion/sharedFill.ts';
import { suggest } from '../../core/completion/suggest.ts';
import type { ModelAccess } from '../../core/models/modelChoice.ts';
import { probeModel } from '../../core/models/probeModel.ts';
import { StoreBusyError, StoreUnavailableError } from '../../core/errors/storeErrors.ts';
import type { EmbeddingMethod } from '../../core/indexing/vectors/embeddingMethod.ts';
import type { CompletionSource, Proposal } from '../../core/ports/completionSource.ts';
import type { Logger } from '../../core/ports/runtime.ts';
import type { SessionStore } from '../../core/ports/sessionStore.ts';
import { fixedPolicy } from '../../core/prompts/fixedPolicy.ts';
import type { SignalLedger } from '../../core/ports/signalLedger.ts';
import { summarize } from '../../core/signals/summarize.ts';
import { steadyClock } from '../../core/async/systemClock.ts';
import type {
  AskOptions,
  CompleteRequest,
  DiscoverySettings,
  DocumentRef,
  EngineConfig,
  FolderConfig,
  HostServices,
  QueryService,
} from '../../protocol/engine.ts';
import { askFolders } from './askFolders.ts';
import { FileAtHand } from './fileAtHand.ts';
import { DocumentMirror, type QueryFolder } from './queryFolder.ts';
import { FolderContext, type FolderContextOptions, searchFolders } from './folderContext.ts';
import { localDay } from './localDay.ts';
import { builtInMethod, openFolders } from '../workspace/folderStores.ts';
import { LazyProviderModels } from '../models/lazyProviderModels.ts';
import { queryMethod } from '../models/providerMethod.ts';
import { openWorkspace } from '../workspace/openWorkspace.ts';
import { openLedger } from './openLedger.ts';

/** Places shown to whoever wants to know how they are found: as many as a model would be shown, and some more. */
const EXPLAINED = 40;

/** What the query engine tells its host; a part of `HostServices`. */
export type QueryHost = Pick<HostServices, 'indexDamaged' | 'indexStatus' | 'symbols'> &
  Partial<Pick<HostServices, 'working'>>;

/** Answers every question about the open folders: completions, search, chat and feedback. Never writes an index. */
export class QueryEngine implements QueryService {
  readonly #host: QueryHost;
  readonly #log: Logger;
  readonly #method: EmbeddingMethod | undefined;
  readonly #mirror = new DocumentMirror();
  readonly #models: LazyProviderModels;
  readonly #prompts = fixedPolicy();
  /** Aborts when what is open is closed. */
  #session = new AbortController();
  #folders: readonly QueryFolder[] = [];
  #ledger: SignalLedger | undefined;
  #sessions: SessionStore | undefined;
  /** Completes beside what the folders know, if any. */
  #completionModel: ModelAccess | undefined;
  /** The same once it was asked for something. */
  #fill: SharedFill | undefined;

  /** `method`: how vectors are made; as the configuration says unless given. */
  constructor(host: QueryHost, log: Logger, method?: EmbeddingMethod) {
    this.#host = host;
    this.#log = log;
    this.#method = method;
    this.#models = new LazyProviderModels(log);
  }

  ping(): Promise<void> {
    return Promise.resolve();
  }

  async open(config: EngineConfig): Promise<void> {
    await this.close();
    this.#sessions = config.sessions === undefined ? undefined : new FileSessionStore(config.sessions);
    this.#ledger = await openLedger(config.ledger, this.#log);
    const report = { host: this.#host, log: this.#log };
    const method = this.#method ?? this.#methodOf(config);
    const atHand = new FileAtHand((root, path) => this.#host.working?.(root, path));
    const options = { mirror: this.#mirror, log: this.#log, method, atHand };
    const open = (folder: FolderConfig) => openWorkspace(folder, options);
    this.#folders = await openFolders(config.folders, open, report);
    for (const { root } of this.#folders) void this.catchUp(root);
    this.completeWith(config.completionModel);
  }

  completeWith(model: ModelAccess | undefined): void {
    this.#fill?.close();
    this.#fill = undefined;
    this.#completionModel = model;
  }

  openDocument(...args: Parameters<QueryService['openDocument']>): void {
    this.#mirror.open(...args);
    this.#bufferChanged(args[0]);
  }

  changeDocument(...args: Parameters<QueryService['changeDocument']>): void {
    this.#mirror.change(...args);
    this.#bufferChanged(args[0]);
  }

  closeDocument(...args: Parameters<QueryService['closeDocument']>): void {
    this.#mirror.close(...args);
    this.#bufferChanged(args[0]);
  }

  configure(root: string, settings: DiscoverySettings): void {
    this.#folders.find((folder) => folder.root === root)?.configure(settings);
  }

  async *complete(
    { document, version, offset, selected }: CompleteRequest,
    signal: AbortSignal,
  ): AsyncGenerator<Proposal, void, undefined> {
    // A cancellation that is already in the mailbox is seen before the work, not after it.
    await nextTurn();
    const text = this.#mirror.textAt(document, version);
    const folder = this.#folders.find(({ root }) => root === document.root);
    if (signal.aborted || text === undefined || !folder) return;
    yield* suggest(
      { path: document.path, text, offset, ...(selected && { selected }) },
      {
        sources: this.#sourcesFor(folder),
        version,
        isCurrent: () => this.#mirror.textAt(document, version) !== undefined,
        log: this.#log,
      },
      this.#whileOpen(signal),
    );
  }

  search(query: string, count: number): ReturnType<QueryService['search']> {
    return searchFolders(this.#folders, query, count);
  }

  ask(...[question, options, signal]: Parameters<QueryService['ask']>): ReturnType<QueryService['ask']> {
    const { history = [], model } = options;
    const asked = {
      ...this.#contextOptions(options),
      history,
      model: model && this.#models.choose(model),
      prompts: this.#prompts,
    };
    return askFolders(question, asked, this.#whileOpen(signal));
  }

  async explain(
    ...[question, options, signal]: Parameters<QueryService['explain']>
  ): ReturnType<QueryService['explain']> {
    const context = this.#contextOptions(options);
    const found = await new FolderContext(context).explain(question, EXPLAINED, this.#whileOpen(signal));
    return explainContext(question, found, context.ranking?.id);
  }

  probeModel(
    ...[access, signal]: Parameters<QueryService['probeModel']>
  ): ReturnType<QueryService['probeModel']> {
    return probeModel(this.#models.choose(access).load, steadyClock, this.#whileOpen(signal));
  }

  async recordSignals(...[records]: Parameters<QueryService['recordSignals']>): Promise<void> {
    await this.#ledger?.append(records);
  }

  async feedback(): ReturnType<QueryService['feedback']> {
    return summarize(await this.exportSignals(), localDay);
  }

  async exportSignals(): ReturnType<QueryService['exportSignals']> {
    return (await this.#ledger?.read()) ?? [];
  }

  async clearSignals(): Promise<void> {
    await this.#ledger?.clear();
  }

  listSessions(): ReturnType<QueryService['listSessions']> {
    return this.#sessions?.list() ?? Promise.resolve({ sessions: [], problems: [] });
  }

  loadSession(id: string): ReturnType<QueryService['loadSession']> {
    return this.#sessions?.load(id) ?? Promise.resolve({ session: undefined, problems: [] });
  }

  async saveSession(...[session]: Parameters<QueryService['saveSession']>): Promise<void> {
    await this.#sessions?.save(session);
  }

  async deleteSession(id: string): Promise<void> {
    await this.#sessions?.delete(id);
  }

  async catchUp(root: string): Promise<void> {
    try {
      await this.#folders.find((folder) => folder.root === root)?.catchUp();
    } catch (error) {
      this.#loadFailed(root, error);
    }
  }

  async close(): Promise<void> {
    this.completeWith(undefined);
    this.#session.abort();
    this.#session = new AbortController();
    const folders = this.#folders;
    this.#folders = [];
    await Promise.all(folders.map((folder) => folder.close()));
    await this.#ledger?.close();
    this.#ledger = undefined;
  }

  #methodOf({ embedding }: EngineConfig): EmbeddingMethod {
    if (!embedding) return builtInMethod();
    return queryMethod({ access: embedding.model, models: this.#models });
  }

  #sourcesFor(folder: QueryFolder): readonly CompletionSource[] {
    const access = this.#completionModel;
    if (!access) return [folder.completions];
    const model = createFillSource({
      load: () => this.#loadFill(access),
      // The rules as they are now: what they leave out is sent to nobody.
      maySend: async (path) => (await folder.excluded([path])).size === 0,
      now: () => steadyClock.now(),
    });
    return [folder.completions, model];
  }

  /** Undefined when another model has been chosen meanwhile. */
  async #loadFill(access: ModelAccess): Promise<SharedFill | undefined> {
    const model = await this.#models.completion(access);
    if (access !== this.#completionModel) return undefined;
    return (this.#fill ??= createSharedFill({ model, clock: steadyClock }));
  }

  /** A signal that aborts with this one, and when what is open now is closed. */
  #whileOpen(signal: AbortSignal): AbortSignal {
    return AbortSignal.any([signal, this.#session.signal]);
  }

  #bufferChanged({ root }: DocumentRef): void {
    this.#folders.find((folder) => folder.root === root)?.bufferChanged();
  }

  /** What the places for a question are found with. */
  #contextOptions({ ranking, recent = [], modified = [] }: AskOptions): FolderContextOptions {
    return {
      folders: this.#folders,
      recent,
      modified,
      symbols: (name) => this.#host.symbols(name),
      ranking: ranking && this.#models.chooseRanking(ranking),
      log: this.#log,
    };
  }

  #loadFailed(root: string, error: unknown): void {
    const isOutOfReach = error instanceof StoreUnavailableError || error instanceof StoreBusyError;
    // Folders that were closed meanwhile are nobody's concern any more.
    if (isOutOfReach && error.code === 'store-closed') return;
    this.#log.error(`cannot load the index of ${root}`, error);
    if (isOutOfReach) this.#host.indexStatus(root, { state: 'failed', message: error.message });
    else this.#host.indexDamaged(root);
  }
}
