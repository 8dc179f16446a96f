import { errorMessage } from '../../core/errors/touchstoneError.ts';
import type { AnswerEvent } from '../../core/chat/answer.ts';
import type { LocatedCitation } from '../../core/ports/chatMessage.ts';
import type { SessionStore } from '../../core/ports/sessionStore.ts';
import type { Proposal } from '../../core/ports/completionSource.ts';
import type { ModelAccess } from '../../core/models/modelChoice.ts';
import type { ModelProbe } from '../../core/models/probeModel.ts';
import type { Clock, Logger } from '../../core/ports/runtime.ts';
import type { FeedbackSummary } from '../../core/signals/summary.ts';
import type { SignalRecord } from '../../core/ports/signalRecord.ts';
import type { TextEdit } from '../../core/text/textEdit.ts';
import {
  indexerKinds,
  queryKinds,
  type AskOptions,
  type CompleteRequest,
  type DiscoverySettings,
  type DocumentRef,
  type EngineConfig,
  type HostServices,
  type IndexerService,
  type PauseKind,
  type QueryService,
} from '../../protocol/engine.ts';
import type { IndexStatusBoard } from '../indexStatus/indexStatusBoard.ts';
import type { Remote } from '../../protocol/rpc/remote.ts';
import { createHostServices } from './hostServices.ts';
import { Supervisor, type WorkerCrash, type WorkerLink } from './supervisor.ts';

/** An open buffer as it is now. */
export interface OpenDocument {
  readonly document: DocumentRef;
  readonly version: number;
  readonly text: string;
}

export interface EngineClientOptions {
  readonly startQuery: () => WorkerLink;
  readonly startIndexer: () => WorkerLink;
  readonly board: IndexStatusBoard;
  /** All buffers to mirror; asked for whenever a query worker starts from nothing. */
  readonly openDocuments: () => Iterable<OpenDocument>;
  readonly onCrash: (crash: WorkerCrash) => void;
  readonly symbols: HostServices['symbols'];
  /** Holds across restarts of the workers; forgotten with this object unless given. */
  readonly pause?: { kind: PauseKind | undefined };
  readonly log: Logger;
  readonly clock: Clock;
}

/** How long the workers may take to close their files when the window closes. */
const FAREWELL_MS = 2_000;

/** The engine, as the rest of the host sees it: one object in front of two supervised workers. */
export class EngineClient {
  readonly #options: EngineClientOptions;
  readonly #query: Supervisor<QueryService>;
  readonly #indexer: Supervisor<IndexerService>;
  /** The conversations that are kept; rejects while the worker that has them is not up. */
  readonly sessions: SessionStore = {
    list: () => this.#query.call((remote) => remote.listSessions()),
    load: (id) => this.#query.call((remote) => remote.loadSession(id)),
    save: (session) => this.#query.call((remote) => remote.saveSession(session)),
    delete: (id) => this.#query.call((remote) => remote.deleteSession(id)),
  };
  readonly #pause: { kind: PauseKind | undefined };
  #config: EngineConfig = { folders: [], ledger: '' };
  /** The files that the workers have begun with and are not done with. */
  readonly #begun: { query?: DocumentRef | undefined; indexer?: DocumentRef | undefined } = {};
  /** Files that the next indexer is to leave out. */
  readonly #aside: DocumentRef[] = [];
  /** Resolves when the indexer has written down what it is to leave out. */
  #settingAside: Promise<unknown> = Promise.resolve();

  constructor(options: EngineClientOptions) {
    this.#options = options;
    this.#pause = options.pause ?? { kind: undefined };
    const { clock, startQuery, startIndexer } = options;
    const services = createHostServices({
      log: options.log,
      board: options.board,
      follow: (root) => this.#query.call((remote) => remote.catchUp(root)),
      symbols: options.symbols,
      rebuild: () => this.#indexer.call((remote) => remote.refresh({ fromScratch: false, repair: true })),
    });
    this.#query = new Supervisor<QueryService>({
      name: 'query worker',
      start: startQuery,
      services: this.#noting('query', services),
      kinds: queryKinds,
      prepare: async (remote) => {
        await this.#settingAside;
        await remote.open(this.#config);
        for (const { document, version, text } of options.openDocuments()) {
          remote.openDocument(document, version, text);
        }
      },
      onCrash: (crash) => {
        this.#queryCrashed(crash);
      },
      ping: (remote) => remote.ping(),
      log: options.log,
      clock,
    });
    this.#indexer = new Supervisor<IndexerService>({
      name: 'indexer',
      start: startIndexer,
      services: this.#noting('indexer', services),
      kinds: indexerKinds,
      prepare: async (remote) => {
        await remote.open(this.#config).catch((error: unknown) => {
          // Also after a restart, when nobody waits for it.
          const message = errorMessage(error);
          options.board.setAll({ state: 'failed', message });
          throw error;
        });
        await this.#setAside(remote);
        const begin = this.#pause.kind
          ? remote.pause(this.#pause.kind)
          : remote.refresh({ fromScratch: false });
        begin.catch((error: unknown) => {
          options.log.warn('Could not bring the index up to date', error);
        });
      },
      onCrash: (crash) => {
        this.#indexerCrashed(crash);
      },
      ping: (remote) => remote.ping(),
      log: options.log,
      clock,
    });
  }

  /** Works on these folders from now on, starting the workers when needed, and brings their index up to date. */
  async open(config: EngineConfig): Promise<void> {
    const { completionModel } = this.#config;
    this.#config = { ...(completionModel && { completionModel }), ...config };
    this.#options.board.setFolders(config.folders.map(({ root }) => root));
    await Promise.all([this.#query.start(), this.#indexer.start()]);
  }

  openDocument(document: DocumentRef, version: number, text: string): void {
    this.#query.remote?.openDocument(document, version, text);
  }

  changeDocument(document: DocumentRef, version: number, edits: readonly TextEdit[]): void {
    this.#query.remote?.changeDocument(document, version, edits);
  }

  closeDocument(document: DocumentRef): void {
    this.#query.remote?.closeDocument(document);
  }

  /** Files or folders, relative to `root`, that may have changed. Dropped while the indexer restarts: it scans then. */
  touch(root: string, paths: readonly string[]): void {
    this.#indexer.remote?.touch(root, paths);
  }

  /** Looks at a folder again under new settings. */
  configure(root: string, discovery: DiscoverySettings): void {
    const folders = this.#config.folders.map((folder) =>
      folder.root === root ? { ...folder, discovery } : folder,
    );
    this.#config = { ...this.#config, folders };
    this.#query.remote?.configure(root, discovery);
    this.#indexer.remote?.configure(root, discovery);
  }

  /** Ends indexing where it is; what is committed stays. Nothing is indexed until `resumeIndexing` or `reindex`. */
  async pauseIndexing(kind: PauseKind): Promise<void> {
    this.#pause.kind = kind;
    await this.#indexer.call((remote) => remote.pause(kind));
  }

  /** Goes on from what is committed; resolves when everything is. */
  async resumeIndexing(): Promise<void> {
    this.#pause.kind = undefined;
    await this.#indexer.revive();
    await this.#indexer.call((remote) => remote.resume());
  }

  /** Everything that is known to be left out of a folder's index. */
  skipped(root: string): ReturnType<IndexerService['skipped']> {
    return this.#indexer.call((remote) => remote.skipped(root));
  }

  /** The model that completes from now on beside what the workspace itself knows; none when absent. */
  completeWith(completionModel: ModelAccess | undefined): void {
    const config: { -readonly [Member in keyof EngineConfig]: EngineConfig[Member] } = { ...this.#config };
    delete config.completionModel;
    this.#config = { ...config, ...(completionModel && { completionModel }) };
    this.#query.remote?.completeWith(completionModel);
  }

  /** What should stand at the offset; `null` when there is nothing worth showing or the engine is not up yet. */
  async complete(request: CompleteRequest, signal: AbortSignal): Promise<Proposal | null> {
    for await (const proposal of this.#query.remote?.complete(request, signal) ?? []) return proposal;
    return null;
  }

  search(query: string, count: number): ReturnType<QueryService['search']> {
    return this.#query.call((remote) => remote.search(query, count));
  }

  /** Asks when it is first read. */
  ask(
    question: string,
    options: AskOptions,
    signal: AbortSignal,
  ): AsyncGenerator<AnswerEvent<LocatedCitation>, void, undefined> {
    return this.#query.stream((remote) => remote.ask(question, options, signal), signal);
  }

  /** How the places for a question are found, as Markdown. */
  explain(question: string, options: AskOptions, signal: AbortSignal): Promise<string> {
    return this.#query.call((remote) => remote.explain(question, options, signal), signal);
  }

  /** Asks a model for a word. */
  probeModel(access: ModelAccess, signal: AbortSignal): Promise<ModelProbe> {
    return this.#query.call((remote) => remote.probeModel(access, signal), signal);
  }

  recordSignals(records: readonly SignalRecord[]): Promise<void> {
    return this.#query.call((remote) => remote.recordSignals(records));
  }

  feedback(): Promise<FeedbackSummary> {
    return this.#query.call((remote) => remote.feedback());
  }

  /** Everything in the ledger, oldest first. */
  exportSignals(): Promise<readonly SignalRecord[]> {
    return this.#query.call((remote) => remote.exportSignals());
  }

  /** Deletes everything in the ledger. */
  clearSignals(): Promise<void> {
    return this.#query.call((remote) => remote.clearSignals());
  }

  /** Builds the whole index anew; resolves when it is committed. Restarts workers that had crashed. */
  async reindex(): Promise<void> {
    this.#pause.kind = undefined;
    await Promise.all([this.#query.revive(), this.#indexer.revive()]);
    await this.#indexer.call((remote) => remote.refresh({ fromScratch: true }));
  }

  /** Deletes the index of every folder; it stays empty until the next `reindex` or `open`. */
  async clearIndex(): Promise<void> {
    await this.#indexer.call((remote) => remote.clear());
    await Promise.all(
      this.#config.folders.map(({ root }) => this.#query.call((remote) => remote.catchUp(root))),
    );
  }

  /** Closes what the workers hold open, then ends them. */
  async close(): Promise<void> {
    await Promise.all([
      this.#query.stop((remote) => remote.close(), FAREWELL_MS),
      this.#indexer.stop((remote) => remote.close(), FAREWELL_MS),
    ]);
  }

  #indexerCrashed(crash: WorkerCrash): void {
    const message =
      crash.restartInMs === undefined
        ? 'The indexer keeps crashing.'
        : 'The indexer has crashed and is being restarted.';
    this.#options.board.setAll({ state: 'failed', message });
    this.#options.onCrash(this.#withSetAside(crash, 'indexer'));
  }

  #queryCrashed(crash: WorkerCrash): void {
    const told = this.#withSetAside(crash, 'query');
    const { setAside } = told;
    if (setAside) {
      this.#settingAside = this.#indexer
        .call(async (remote) => {
          await this.#setAside(remote);
          remote.touch(setAside.root, [setAside.path]);
        })
        // The next indexer does so when it starts.
        .catch(() => undefined);
    }
    this.#options.onCrash(told);
  }

  /** The crash with the file that a worker did not get done with, which is left out from now on. */
  #withSetAside(crash: WorkerCrash, worker: 'query' | 'indexer'): WorkerCrash {
    const setAside = crash.wasSilent ? this.#begun[worker] : undefined;
    this.#begun[worker] = undefined;
    if (!setAside) return crash;
    this.#aside.push(setAside);
    return { ...crash, setAside };
  }

  /** The services for one worker: which file it is at is noted for each. */
  #noting(worker: 'query' | 'indexer', services: Omit<HostServices, 'working'>): HostServices {
    return {
      ...services,
      working: (root, path) => {
        this.#begun[worker] = path === undefined ? undefined : { root, path };
      },
    };
  }

  async #setAside(remote: Pick<Remote<IndexerService>, 'setAside'>): Promise<void> {
    for (const { root, path } of this.#aside.splice(0)) await remote.setAside(root, path);
  }
}
