/**
 * The border between the extension host and the engine's two workers. Both ends come from one build and the types
 * are the contract, so these messages are not validated at run time; webview messages and CLI input are.
 */
import type { Answer, AnswerEvent } from '../core/chat/answer.ts';
import type { LocatedCitation } from '../core/ports/chatMessage.ts';
import type { LoadedSession, SessionList, StoredSession } from '../core/ports/sessionStore.ts';
import type { Exchange } from '../core/prompts/exchange.ts';
import type { SkipCount } from '../core/indexing/countSkipped.ts';
import type { ExcludeGlob } from '../core/indexing/excludeGlob.ts';
import type { CompletionRequest, Proposal } from '../core/ports/completionSource.ts';
import type { SkippedFile } from '../core/ports/indexStore.ts';
import type { ModelAccess, RankingAccess } from '../core/models/modelChoice.ts';
import type { ModelProbe } from '../core/models/probeModel.ts';
import type { SearchHit } from '../core/retrieval/hit.ts';
import type { FeedbackSummary } from '../core/signals/summary.ts';
import type { SignalRecord } from '../core/ports/signalRecord.ts';
import type { TextEdit } from '../core/text/textEdit.ts';
import type { MethodKinds } from './rpc/remote.ts';

/** Where one workspace folder and its durable index live. `root` is the folder's identity in every message. */
export interface FolderConfig {
  /** Absolute path. */
  readonly root: string;
  /** Absolute path of the store directory; created when missing. */
  readonly store: string;
  /** The store is used as it is: nothing is created or written there. */
  readonly isReadOnly?: boolean;
  /** The program ends after a few questions: nothing is read ahead for later ones. */
  readonly isOneShot?: boolean;
  /** Without it nothing is excluded and the usual limit holds. */
  readonly discovery?: DiscoverySettings;
}

/** What the user's settings say about the files to index. */
export interface DiscoverySettings {
  readonly excludes: readonly ExcludeGlob[];
  /** Larger files are left out. */
  readonly maxFileBytes: number;
}

/** A pause lasts until it is ended, beyond this window's life; a stop at most until the folder is opened again. */
export type PauseKind = 'paused' | 'stopped';

export interface EngineConfig {
  readonly folders: readonly FolderConfig[];
  /** Absolute path of the signal ledger's database file. */
  readonly ledger: string;
  /** Absolute path of the folder that keeps the conversations of the chat; without it, none is kept. */
  readonly sessions?: string;
  /** The provider's model that turns code into vectors; the built-in way unless given. */
  readonly embedding?: EmbeddingConfig;
  /** A provider's model that completes beside what the workspace itself knows; `completeWith` changes it. */
  readonly completionModel?: ModelAccess;
}

export interface EmbeddingConfig {
  /** With its key: kept only by the connection to the provider. */
  readonly model: ModelAccess;
  /** Absolute path of the database file that keeps vectors for all folders. */
  readonly cache: string;
}

export interface DocumentRef {
  readonly root: string;
  readonly path: string;
}

/** Calls to the query worker. Every call is short; none blocks on indexing. */
export interface QueryService {
  /** Says nothing but that the worker is there. */
  ping(): Promise<void>;
  open(config: EngineConfig): Promise<void>;
  /** Mirrors the editor's buffers: a completion names a version that these calls have announced. */
  openDocument(document: DocumentRef, version: number, text: string): void;
  changeDocument(document: DocumentRef, version: number, edits: readonly TextEdit[]): void;
  closeDocument(document: DocumentRef): void;
  /** The model that completes from now on beside what the workspace itself knows; none when absent. */
  completeWith(model: ModelAccess | undefined): void;
  /**
   * What to show at the cursor, each in place of the one before it, as sources come to it. Whoever leaves after the first
   * spares the rest.
   */
  complete(request: CompleteRequest, signal: AbortSignal): AsyncIterable<Proposal>;
  search(query: string, count: number): Promise<readonly (SearchHit & { readonly root: string })[]>;
  ask(
    question: string,
    options: AskOptions,
    signal: AbortSignal,
  ): AsyncIterable<AnswerEvent<LocatedCitation>>;
  /** How the places for a question of the chat are found, leg by leg, as Markdown. */
  explain(question: string, options: AskOptions, signal: AbortSignal): Promise<string>;
  /** Asks a model for a word. Rejects only when cancelled. */
  probeModel(access: ModelAccess, signal: AbortSignal): Promise<ModelProbe>;
  recordSignals(records: readonly SignalRecord[]): Promise<void>;
  feedback(): Promise<FeedbackSummary>;
  /** Everything in the ledger, oldest first. */
  exportSignals(): Promise<readonly SignalRecord[]>;
  /** Deletes everything in the ledger. */
  clearSignals(): Promise<void>;
  /** The conversations of the chat that are kept, as a `SessionStore` has them. */
  listSessions(): Promise<SessionList>;
  loadSession(id: string): Promise<LoadedSession>;
  saveSession(session: StoredSession): Promise<void>;
  deleteSession(id: string): Promise<void>;
  /** What the settings say by now about the files of a folder. */
  configure(root: string, settings: DiscoverySettings): void;
  /** The indexer committed: follow it. Called by the host when it hears `committed`. */
  catchUp(root: string): Promise<void>;
  close(): Promise<void>;
}

export const queryKinds: MethodKinds<QueryService> = {
  openDocument: 'event',
  changeDocument: 'event',
  closeDocument: 'event',
  completeWith: 'event',
  configure: 'event',
  complete: 'stream',
  ask: 'stream',
};

/** An answer whose citations say in which folder their path lies. */
export type LocatedAnswer = Answer<LocatedCitation>;

/** What the editor knows of a person's work. */
export interface WorkFiles {
  /** Files on screen and those edited last, most recent first. */
  readonly recent?: readonly DocumentRef[];
  /** Files that differ from the last commit. */
  readonly modified?: readonly DocumentRef[];
}

export interface AskOptions extends WorkFiles {
  /** The conversation so far, oldest first; the caller bounds it. */
  readonly history?: readonly Exchange[];
  /** The model to ask, with its key: passed with each question, kept only by the connection to the provider. */
  readonly model?: ModelAccess;
  /** The model that puts what is found into order before it is used; likewise. */
  readonly ranking?: RankingAccess;
}

export interface CompleteRequest {
  readonly document: DocumentRef;
  readonly version: number;
  readonly offset: number;
  readonly selected?: NonNullable<CompletionRequest['selected']>;
}

/** Calls to the indexer worker. */
export interface IndexerService {
  /** Says nothing but that the worker is there. */
  ping(): Promise<void>;
  open(config: EngineConfig): Promise<void>;
  /** Leaves a file out that an earlier worker did not get done with, until it changes or all is made anew. */
  setAside(root: string, path: string): Promise<void>;
  /**
   * Brings the whole index up to date; `fromScratch` forgets it first, `repair` reads what is stored and makes anew what
   * is damaged. Resolves when all is committed, vectors included, or cancelled.
   */
  refresh(options: { readonly fromScratch: boolean; readonly repair?: boolean }): Promise<void>;
  /** Files or folders (relative paths) that may have changed, been created or deleted. */
  touch(root: string, paths: readonly string[]): void;
  /** Looks at the whole folder again under these settings. */
  configure(root: string, settings: DiscoverySettings): void;
  /** Ends running passes; what they committed stays. Nothing is indexed until `resume` or `refresh`. */
  pause(kind: PauseKind): Promise<void>;
  /** Ends a pause and brings the index up to date. Resolves when committed or cancelled. */
  resume(): Promise<void>;
  /** Everything that is known to be left out of a folder's index. */
  skipped(root: string): Promise<readonly SkippedFile[]>;
  /** Deletes the index of every folder and leaves it empty until the next `refresh`. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

export const indexerKinds: MethodKinds<IndexerService> = { touch: 'event', configure: 'event' };

/** A range of lines of a file, 1-based and inclusive. */
export interface DocumentLines extends DocumentRef {
  readonly startLine: number;
  readonly endLine: number;
}

/** Calls from the workers back to the host. */
export interface HostServices {
  log(level: 'debug' | 'info' | 'warn' | 'error', message: string, details?: string): void;
  /** Replaces the previous status of this folder. */
  indexStatus(root: string, status: IndexStatus): void;
  /** A file that the worker begins with, or, when it is done with it, `undefined`. */
  working(root: string, path: string | undefined): void;
  /** A new generation is on disk. */
  committed(root: string, generation: number): void;
  /** A part of the stored index cannot be read: it wants repair. */
  indexDamaged(root: string): void;
  /** Where language servers say that something of exactly this name is defined; only in the open folders. */
  symbols(name: string): Promise<readonly DocumentLines[]>;
}

export const hostKinds: MethodKinds<HostServices> = {
  log: 'event',
  indexStatus: 'event',
  working: 'event',
  committed: 'event',
  indexDamaged: 'event',
};

export type IndexStatus =
  | { readonly state: 'scanning'; readonly found: number }
  | { readonly state: 'indexing'; readonly done: number; readonly total: number }
  | {
      readonly state: 'ready';
      readonly files: number;
      readonly chunks: number;
      /** The most frequent reason first. */
      readonly skipped: readonly SkipCount[];
      readonly elapsedMs: number;
      /** Chunks that have vectors so far, while those of the whole index are being made. Search does not wait for them. */
      readonly embedding?: { readonly done: number; readonly total: number };
      /** Why vectors are missing, or have to wait, and what to do. */
      readonly vectorProblem?: string;
    }
  | {
      readonly state: 'paused';
      readonly kind: PauseKind;
      /** That can be searched. */
      readonly files: number;
      readonly chunks: number;
      /** How far the pass had come that was interrupted. */
      readonly progress?: { readonly done: number; readonly total: number };
    }
  | { readonly state: 'empty' }
  | { readonly state: 'failed'; readonly message: string };
