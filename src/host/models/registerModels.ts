import { l10n, workspace, type SecretStorage } from 'vscode';
import type { Logger } from '../../core/ports/runtime.ts';
import type { ChatEngine } from '../chat/chatEngine.ts';
import type { RegisterCommand } from '../editor/registerCommand.ts';
import { DisposableStore, type Disposable } from '../editor/disposableStore.ts';
import type { EngineClient } from '../engine/engineClient.ts';
import { KeyStore } from './keyStore.ts';
import { ModelBoard } from './modelBoard.ts';
import { modelChatEngine, type ReadWork } from './modelChatEngine.ts';
import { registerModelCommands } from './modelCommands.ts';
import { onModelSettingsChanged, readModelSettings } from './modelSettings.ts';

export interface ModelsOptions {
  readonly engine: EngineClient;
  readonly secrets: SecretStorage;
  readonly work: ReadWork;
  readonly log: Logger;
}

export interface Models extends Disposable {
  readonly board: ModelBoard;
  /** Asks the engine with the model that is chosen. */
  readonly chatEngine: ChatEngine;
}

/** Builds all that chooses language models: settings, keys and commands. It asks no model. */
export function registerModels(
  register: RegisterCommand,
  { engine, secrets, work, log }: ModelsOptions,
): Models {
  const store = new DisposableStore();
  const keys = new KeyStore(secrets);
  const board = store.add(
    new ModelBoard({
      readSettings: readModelSettings,
      isTrusted: () => workspace.isTrusted,
      keys,
      changes: [
        onModelSettingsChanged,
        (listener) => secrets.onDidChange(listener),
        (listener) => workspace.onDidGrantWorkspaceTrust(listener),
      ],
      log,
    }),
  );
  void board.refresh();
  store.add(registerModelCommands(register, { engine, board, keys }));
  return {
    board,
    chatEngine: modelChatEngine(engine, board, work, l10n),
    dispose: () => {
      store.dispose();
    },
  };
}
