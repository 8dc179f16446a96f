import { commands as editor, l10n, type SecretStorage, workspace } from 'vscode';
import { ModelEndpointError } from '../../core/errors/modelErrors.ts';
import { modelId, type ModelProvider, modelProviders } from '../../core/models/modelChoice.ts';
import type { Logger } from '../../core/ports/runtime.ts';
import type { ChatEngine } from '../chat/chatEngine.ts';
import { abortOnCancel } from '../editor/abortOnCancel.ts';
import { commands, settings } from '../editor/contributions.ts';
import { type Disposable, DisposableStore } from '../editor/disposableStore.ts';
import {
  askForText,
  inform,
  pick,
  type Pickable,
  reportError,
  warn,
  withProgress,
} from '../editor/notify.ts';
import type { RegisterCommand } from '../editor/registerCommand.ts';
import type { EngineClient } from '../engine/engineClient.ts';
import { keyProblem } from './keyProblem.ts';
import { keyOwner, type KeyOwner, KeyStore } from './keyStore.ts';
import { ModelBoard } from './modelBoard.ts';
import { modelChatEngine, type ReadWork } from './modelChatEngine.ts';
import { onModelSettingsChanged, readModelSettings } from './modelSettings.ts';
import { endpointOf } from './modelStatus.ts';
import { modelLine } from './modelText.ts';

interface ModelCommandsOptions {
  readonly engine: Pick<EngineClient, 'probeModel'>;
  readonly board: ModelBoard;
  readonly keys: KeyStore;
}

/** Set, clear and test the key of a model. */
function registerModelCommands(register: RegisterCommand, options: ModelCommandsOptions): Disposable {
  const store = new DisposableStore();
  store.add(register(commands.setKey, () => setKey(options)));
  store.add(register(commands.clearKey, () => clearKey(options)));
  store.add(register(commands.testKey, () => testKey(options)));
  return store;
}

type ProviderItem = Pickable & { readonly provider: ModelProvider };

async function setKey(options: ModelCommandsOptions): Promise<void> {
  const picked = await pick(providerItems(options.board), {
    title: l10n.t('Set Model Key'),
    placeHolder: l10n.t('Whose key is it?'),
  });
  if (!picked) return;
  const { provider } = picked;
  const endpoint = endpointOf(readModelSettings(), provider);
  if (endpoint instanceof ModelEndpointError) throw endpoint;
  if (!endpoint.takesKeys) throw new ModelEndpointError('unencrypted-key', endpoint.host);
  const owner = keyOwner(provider, endpoint);
  const key = await askForText({
    title: l10n.t('Key for {0}', owner.origin),
    prompt: l10n.t('Kept in the editor’s secret storage and sent to {0} only.', owner.origin),
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) => keyProblem(text, l10n),
  });
  if (key === undefined) return;
  await options.keys.set(owner, key);
  await options.board.refresh();
  await offerNextStep(provider, owner, options);
}

/** The provider of the chosen model comes first. */
function providerItems({ status }: ModelBoard): readonly ProviderItem[] {
  const { chat, endpoints } = readModelSettings();
  const chosen = status.state === 'ready' ? status.choice.provider : chat.split(':', 1)[0];
  const items = Object.entries(modelProviders).map(([id, { label }]) => {
    const provider = id as ModelProvider;
    return { provider, label, description: endpoints[provider] };
  });
  return [
    ...items.filter(({ provider }) => provider === chosen),
    ...items.filter(({ provider }) => provider !== chosen),
  ];
}

async function offerNextStep(
  provider: ModelProvider,
  owner: KeyOwner,
  options: ModelCommandsOptions,
): Promise<void> {
  const { status } = options.board;
  if (status.state === 'ready' && status.choice.provider === provider) {
    const test = l10n.t('Test Key');
    const choice = await inform(l10n.t('The key for {0} is stored.', owner.origin), test);
    if (choice === test) await testKey(options);
    return;
  }
  const chooseModel = l10n.t('Choose Model');
  const message = l10n.t(
    'The key for {0} is stored. It is used once you choose a model of it.',
    owner.origin,
  );
  if ((await inform(message, chooseModel)) === chooseModel) await openModelSetting();
}

async function clearKey({ keys, board }: ModelCommandsOptions): Promise<void> {
  const owners = await keys.owners();
  if (owners.length === 0) {
    void inform(l10n.t('No model key is stored.'));
    return;
  }
  const picked = await pick(
    owners.map((owner) => ({
      owner,
      label: owner.origin,
      description: modelProviders[owner.provider].label,
    })),
    { title: l10n.t('Clear Model Key'), placeHolder: l10n.t('Which key should be deleted?') },
  );
  if (!picked) return;
  await keys.clear(picked.owner);
  await board.refresh();
  void inform(l10n.t('The key for {0} is deleted.', picked.owner.origin));
}

async function testKey({ engine, board }: ModelCommandsOptions): Promise<void> {
  const { status, access } = await board.resolve();
  if (!access || status.state !== 'ready') {
    const chooseModel = l10n.t('Choose Model');
    const message = l10n.t('There is no model to test. {0}', modelLine(status, l10n));
    if ((await warn(message, chooseModel)) === chooseModel) await openModelSetting();
    return;
  }
  const id = modelId(status.choice);
  const probe = await withProgress(
    { title: l10n.t('Asking {0} …', id), cancellable: true },
    async (_, token) => {
      const abort = abortOnCancel(token);
      return engine.probeModel(access, abort.signal).finally(() => {
        abort.dispose();
      });
    },
  );
  if (probe.ok) {
    const { latencyMs } = probe;
    void inform(l10n.t('{0} at {1} answered in {2} ms.', id, status.host, latencyMs));
    return;
  }
  const setAnother = l10n.t('Set Model Key');
  const choice = await reportError(l10n.t('{0} did not answer. {1}', id, probe.message), setAnother);
  if (choice === setAnother) await editor.executeCommand(commands.setKey);
}

async function openModelSetting(): Promise<void> {
  await editor.executeCommand('workbench.action.openSettings', `@id:${settings.chatModel}`);
}

interface ModelsOptions {
  readonly engine: EngineClient;
  readonly secrets: SecretStorage;
  readonly work: ReadWork;
  readonly log: Logger;
}

interface Models extends Disposable {
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
