import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Uri, workspace } from 'vscode';
import type { Clock, Logger } from '../../core/ports/runtime.ts';
import { DISCOVERY_SETTINGS, readDiscoverySettings } from './discoverySettings.ts';
import { DisposableStore, type Disposable } from '../editor/disposableStore.ts';
import type { EngineClient } from '../engine/engineClient.ts';
import type { IndexStatusBoard } from '../indexStatus/indexStatusBoard.ts';
import type { FolderConfig } from '../../protocol/engine.ts';
import type { EmbeddingChoice } from '../models/embeddingChoice.ts';
import { watchFolders } from './watch.ts';
import { readEngineFolders, type EngineFolder } from './workspaceFolders.ts';

export interface FolderSessionOptions {
  readonly engine: EngineClient;
  readonly board: IndexStatusBoard;
  /** Absolute path of the ledger's database file. */
  readonly ledger: string;
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
  #opening: Promise<void> = Promise.resolve();
  #isOpen = false;

  constructor(options: FolderSessionOptions) {
    this.#options = options;
    this.#subscriptions.add(
      workspace.onDidChangeWorkspaceFolders(() => {
        this.open();
      }),
    );
    this.#subscriptions.add(
      options.embedding.onChange(() => {
        this.open();
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

  /** Opens the folders of the window. Without any, the workers are not even started. */
  open(): void {
    this.#opening = this.#opening
      .then(() => this.#open())
      .catch((error: unknown) => {
        const { log, board } = this.#options;
        log.error('The engine could not be opened', error);
        board.setAll({ state: 'failed', message: error instanceof Error ? error.message : String(error) });
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
  }

  async #open(): Promise<void> {
    const { engine, clock, ledger, embedding: choice } = this.#options;
    this.#folders = await readEngineFolders();
    this.#watcher?.dispose();
    this.#watcher = watchFolders(this.#folders, engine, clock);
    if (this.#folders.length === 0 && !this.#isOpen) return;
    this.#isOpen = true;
    await mkdir(dirname(ledger), { recursive: true });
    const embedding = await choice.config();
    await engine.open({ folders: this.#folders.map(toConfig), ledger, ...(embedding && { embedding }) });
  }
}

function toConfig({ root, store, discovery }: EngineFolder): FolderConfig {
  return { root, store, ...(discovery && { discovery }) };
}
