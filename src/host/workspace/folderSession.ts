import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { l10n, RelativePattern, Uri, window, workspace } from 'vscode';
import { isGitFile } from '../../core/shared/gitFiles.ts';
import { SerialQueue } from '../../core/async/serialQueue.ts';
import { errorMessage } from '../../core/errors/touchstoneError.ts';
import type { Clock, Logger } from '../../core/ports/runtime.ts';
import type { FolderConfig } from '../../protocol/engine.ts';
import { type Disposable, DisposableStore } from '../editor/disposableStore.ts';
import { warn } from '../editor/notify.ts';
import type { EngineClient } from '../engine/engineClient.ts';
import { createExcludesNotice } from '../indexStatus/excludesNotice.ts';
import type { IndexStatusBoard } from '../indexStatus/indexStatusBoard.ts';
import type { EmbeddingChoice } from '../models/embeddingChoice.ts';
import {
  DISCOVERY_SETTINGS,
  type EngineFolder,
  locateDocument,
  readCutExcludes,
  readDiscoverySettings,
  readEngineFolders,
  relativePath,
} from './workspaceFolders.ts';
import { PathBatch } from './pathBatch.ts';
import { Reconciler } from './reconciler.ts';

interface FolderSessionOptions {
  readonly engine: EngineClient;
  readonly board: IndexStatusBoard;
  /** Absolute path of the ledger's database file. */
  readonly ledger: string;
  /** Absolute path of the folder that keeps conversations; undefined in a window without a workspace. */
  readonly sessions: string | undefined;
  /** The folders are opened anew when it changes. */
  readonly embedding: Pick<EmbeddingChoice, 'config' | 'onChange'>;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Keeps the engine working on exactly the folders that are open in the window, and watches their files. */
export class FolderSession {
  readonly #options: FolderSessionOptions;
  readonly #subscriptions = new DisposableStore();
  #folders: readonly EngineFolder[] = [];
  #watcher: Disposable | undefined;
  /** Openings run one after the other: folders may change while the engine is still opening the last ones. */
  readonly #openings = new SerialQueue();
  #isOpen = false;
  readonly #noteExcludes: (cut: readonly string[]) => void;

  constructor(options: FolderSessionOptions) {
    this.#options = options;
    this.#noteExcludes = createExcludesNotice({ warn, log: options.log, l10n });
    this.#subscriptions.add(
      workspace.onDidChangeWorkspaceFolders(() => {
        void this.open();
      }),
    );
    this.#subscriptions.add(
      options.embedding.onChange(() => {
        void this.open();
      }),
    );
    this.#subscriptions.add(
      workspace.onDidChangeConfiguration((event) => {
        if (DISCOVERY_SETTINGS.some((setting) => event.affectsConfiguration(setting))) this.#configure();
      }),
    );
  }

  get folders(): readonly EngineFolder[] {
    return this.#folders;
  }

  /** Identity in the ledger of an open folder. */
  workspaceId(root: string): string | undefined {
    return this.#folders.find((folder) => folder.root === root)?.workspaceId;
  }

  /**
   * Opens the folders of the window; resolves when that is done or has failed. Without any, the workers are not even
   * started.
   */
  open(): Promise<void> {
    return this.#openings
      .run(() => this.#open())
      .catch((error: unknown) => {
        const { log, board } = this.#options;
        log.error('The engine could not be opened', error);
        board.setAll({ state: 'failed', message: errorMessage(error) });
      });
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#watcher?.dispose();
  }

  /** Lets changed settings take effect at once. */
  #configure(): void {
    for (const { root } of this.#folders) {
      this.#options.engine.configure(root, readDiscoverySettings(Uri.file(root)));
    }
    this.#tellOfExcludes();
  }

  #tellOfExcludes(): void {
    this.#noteExcludes(readCutExcludes(this.#folders.map(({ root }) => root)));
  }

  async #open(): Promise<void> {
    const { engine, clock, ledger, sessions, embedding: choice } = this.#options;
    this.#folders = await readEngineFolders();
    this.#watcher?.dispose();
    this.#watcher = watchFolders(this.#folders, engine, clock);
    if (this.#folders.length === 0 && !this.#isOpen) return;
    this.#isOpen = true;
    this.#tellOfExcludes();
    await mkdir(dirname(ledger), { recursive: true });
    const embedding = await choice.config();
    await engine.open({
      folders: this.#folders.map(toConfig),
      ledger,
      ...(sessions !== undefined && { sessions }),
      ...(embedding && { embedding }),
    });
  }
}

function toConfig({ root, store, discovery }: EngineFolder): FolderConfig {
  return { root, store, ...(discovery && { discovery }) };
}

/** Git's own files change with every command and are never indexed; these say what else is not, or is all the same. */
const GIT_RULES = ['info/exclude', 'config', 'index'];

/** The path that stands for the whole folder. */
const EVERYTHING = '';

/**
 * Tells the indexer which files may have changed: those saved here and those changed outside the editor. It compares
 * them with its records, so naming a file twice, or one that is ignored, costs next to nothing. Watchers lose events, so
 * now and then everything is compared.
 */
function watchFolders(folders: readonly EngineFolder[], engine: EngineClient, clock: Clock): Disposable {
  const store = new DisposableStore();
  const batch = store.add(
    new PathBatch(clock, (root, paths) => {
      engine.touch(root, paths);
    }),
  );
  for (const { root } of folders) {
    const touch = (uri: Uri) => {
      const path = relativePath(root, uri);
      if (isGitFile(path, GIT_RULES) || !path.split('/').includes('.git')) batch.add(root, path);
    };
    const watcher = store.add(workspace.createFileSystemWatcher(new RelativePattern(root, '**')));
    store.add(watcher.onDidCreate(touch));
    store.add(watcher.onDidChange(touch));
    store.add(watcher.onDidDelete(touch));
  }
  const reconciler = store.add(
    new Reconciler(clock, () => {
      for (const { root } of folders) engine.touch(root, [EVERYTHING]);
    }),
  );
  store.add(
    window.onDidChangeWindowState(({ focused }) => {
      if (focused) reconciler.returned();
    }),
  );
  store.add(
    workspace.onDidSaveTextDocument(({ uri }) => {
      const located = locateDocument(uri);
      if (located) batch.add(located.root, located.path);
    }),
  );
  return store;
}
