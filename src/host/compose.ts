import { Uri, type ExtensionContext } from 'vscode';
import { registerChat } from './chat/chatParts.ts';
import { registerFeedbackCommands } from './feedback/feedbackCommands.ts';
import { type IndexCommandsOptions, registerIndexCommands } from './indexStatus/indexCommands.ts';
import { createCommandRegistrar, type RegisterCommand } from './editor/registerCommand.ts';
import { registerViewCommands } from './editor/viewCommands.ts';
import { registerExplain } from './context/explainCommand.ts';
import { modifiedDocuments } from './context/modifiedDocuments.ts';
import { RecentDocuments } from './context/recentDocuments.ts';
import { workspaceSymbols } from './context/workspaceSymbols.ts';
import { syncContextKeys } from './editor/contextKeys.ts';
import { createCrashNotice } from './engine/crashNotice.ts';
import { DisposableStore } from './editor/disposableStore.ts';
import { mirrorDocuments, openDocuments } from './workspace/documents.ts';
import { EngineClient } from './engine/engineClient.ts';
import { startWorker } from './engine/startWorker.ts';
import type { WorkerLink } from './engine/supervisor.ts';
import { registerCaseFiles } from './evalFiles/registerCaseFiles.ts';
import { EvaluationState, EvaluationStorage } from './evaluation/evaluationState.ts';
import { registerEvaluation } from './evaluation/registerEvaluation.ts';
import { FolderSession } from './workspace/folderSession.ts';
import { IndexingPause } from './indexStatus/indexingPause.ts';
import { IndexStatusBoard } from './indexStatus/indexStatusBoard.ts';
import { registerInline } from './completion/provider.ts';
import { LocationViewer } from './editor/locationViewer.ts';
import { createLogChannel, type LogChannel } from './editor/log.ts';
import { chooseCompletion } from './models/chooseCompletion.ts';
import { chooseEmbedding } from './models/chooseEmbedding.ts';
import { searchOptions } from './models/modelChatEngine.ts';
import { registerModels } from './models/modelCommands.ts';
import { signalsEnabled } from './editor/settings.ts';
import { ChatSignals } from './signals/chatSignals.ts';
import { SignalBatch, type SignalBatchOptions } from './signals/signalBatch.ts';
import { createStatusItem } from './indexStatus/status.ts';
import { systemClock } from '../core/async/systemClock.ts';

/** Heap limits: what the largest supported workspaces need, and room to spare. */
const QUERY_HEAP_MB = 1_024;
/** It stays for as long as the window is open, and makes few new objects at a time. */
const QUERY_YOUNG_MB = 12;
const INDEXER_HEAP_MB = 1_536;
const EVALUATION_HEAP_MB = 1_536;

/** The running extension. */
export interface Touchstone {
  readonly engine: EngineClient;
  readonly board: IndexStatusBoard;
  readonly evaluation: EvaluationState;
  readonly log: LogChannel;
  /** Opens the window's folders; starts the workers. */
  readonly open: () => void;
  /** Writes out what has been observed of suggestions. */
  readonly flushSignals: () => Promise<void>;
  /** Saves what is to be saved and ends the workers. */
  readonly close: () => Promise<void>;
}

/** Builds all parts and connects them. The only place that knows every part; it starts no work. */
export function compose(context: ExtensionContext): Touchstone {
  const store = new DisposableStore();
  const log = store.add(createLogChannel());
  const board = new IndexStatusBoard();
  const clock = systemClock;
  const { extensionUri } = context;
  const ledger =
    process.env['TOUCHSTONE_LEDGER'] ?? Uri.joinPath(context.globalStorageUri, 'signals.sqlite').fsPath;
  const sessions = context.storageUri && Uri.joinPath(context.storageUri, 'sessions').fsPath;
  const start = workerStarter(extensionUri);
  const pause = new IndexingPause(context.workspaceState);
  const engine = createEngine({ start, board, pause, log });
  const register = createCommandRegistrar(log);
  const documents = store.add(new RecentDocuments());
  const work = () => ({ recent: documents.list, modified: modifiedDocuments(log) });
  const models = store.add(registerModels(register, { engine, secrets: context.secrets, work, log }));
  const embedding = store.add(chooseEmbedding(models.board, board, context.workspaceState));
  store.add(chooseCompletion(models.board, engine, context.workspaceState));
  const folders = store.add(new FolderSession({ engine, board, ledger, sessions, embedding, clock, log }));
  const send: SignalBatchOptions['send'] = (records) => engine.recordSignals(records);
  const signals = new SignalBatch({ send, clock, log, program: versionOf(context) });
  const workspaceId = (root: string) => folders.workspaceId(root);
  const inline = registerInline(register, { engine, batch: signals, workspaceId, clock, log });
  const chatSignals = new ChatSignals({ batch: signals, clock, workspaceId, isEnabled: signalsEnabled });
  store.add(mirrorDocuments(engine));
  store.add(syncContextKeys(board, clock));
  store.add(registerExplain(register, { engine, options: () => searchOptions(models.board, work) }));
  store.add(createStatusItem(board, models.board, clock));
  const viewer = store.add(new LocationViewer());
  const { sessions: kept } = engine;
  const onChat = { engine: models.chatEngine, sessions: kept, board, extensionUri, viewer, clock, log };
  const chat = store.add(registerChat({ ...onChat, signals: chatSignals }));
  const flush = () => signals.flush();
  const settle = () => {
    inline.tracker.settle();
  };
  store.add(registerFeedbackCommands(register, { engine, extensionUri, flush, settle, ledger, log }));
  const evaluation = store.add(createEvaluationState(context, log));
  store.add(registerCaseFiles({ start, extensionUri, log }));
  const onFolders = { engine, board, folders: () => folders.folders, start, evaluation, viewer, log };
  store.add(registerFolderCommands(register, onFolders));
  return {
    engine,
    board,
    evaluation,
    log,
    open: () => {
      void folders.open().then(() => chat.restore());
      void evaluation.restore();
    },
    flushSignals: flush,
    async close() {
      inline.dispose();
      await chat.close();
      await signals.flush();
      await engine.close();
      store.dispose();
    },
  };
}

function versionOf({ extension }: ExtensionContext): string {
  const manifest: unknown = extension.packageJSON;
  const version =
    typeof manifest === 'object' && manifest !== null && 'version' in manifest && manifest.version;
  return typeof version === 'string' ? version : 'unknown';
}

/** The last report outlives the window, if there is a workspace to keep it for. */
function createEvaluationState({ storageUri }: ExtensionContext, log: LogChannel): EvaluationState {
  const kept = storageUri && Uri.joinPath(storageUri, 'lastEvaluation.json').fsPath;
  return new EvaluationState(new EvaluationStorage(kept), log);
}

interface FolderCommandsOptions extends IndexCommandsOptions {
  readonly start: StartWorker;
  readonly evaluation: EvaluationState;
  readonly viewer: LocationViewer;
  readonly log: LogChannel;
}

/** What is done with the open folders, and the menu that offers it. */
function registerFolderCommands(register: RegisterCommand, options: FolderCommandsOptions): DisposableStore {
  const store = new DisposableStore();
  const startWorker = () => options.start('evalWorker.js', 'touchstone evaluation', EVALUATION_HEAP_MB);
  store.add(registerViewCommands(register, options));
  store.add(registerIndexCommands(register, options));
  store.add(registerEvaluation(register, { ...options, startWorker }));
  return store;
}

type StartWorker = (bundle: string, name: string, maxHeapMb: number, maxYoungMb?: number) => WorkerLink;

function workerStarter(extensionUri: Uri): StartWorker {
  return (bundle, name, maxHeapMb, maxYoungMb) =>
    startWorker({
      file: Uri.joinPath(extensionUri, 'dist', bundle).fsPath,
      name,
      maxHeapMb,
      maxYoungMb,
    });
}

interface EngineParts {
  readonly start: StartWorker;
  readonly board: IndexStatusBoard;
  readonly pause: IndexingPause;
  readonly log: LogChannel;
}

function createEngine({ start, board, pause, log }: EngineParts): EngineClient {
  return new EngineClient({
    startQuery: () => start('queryWorker.js', 'touchstone query', QUERY_HEAP_MB, QUERY_YOUNG_MB),
    startIndexer: () => start('indexerWorker.js', 'touchstone indexer', INDEXER_HEAP_MB),
    board,
    openDocuments,
    symbols: workspaceSymbols,
    onCrash: createCrashNotice(log),
    pause,
    log,
    clock: systemClock,
  });
}
