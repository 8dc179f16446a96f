import { workspace, type Disposable } from 'vscode';
import { BUILT_IN } from '../../core/models/modelChoice.ts';
import { isModelProvider, modelProviders, type ModelProvider } from '../../core/models/modelProviders.ts';
import { settings } from '../contributions.ts';

export interface ModelSettings {
  /** As typed: `built-in`, `provider:model`, or anything else. */
  readonly chat: string;
  /** Base URLs as typed, or the providers' own. */
  readonly endpoints: Readonly<Record<ModelProvider, string>>;
}

/**
 * The user's own settings. Values of a workspace are passed over even where the editor would let them through: whoever
 * wrote the workspace must not decide where code and keys go.
 */
export function readModelSettings(): ModelSettings {
  const chat = ownValue(settings.chatModel);
  const given = ownValue(settings.modelEndpoints);
  const own = typeof given === 'object' && given !== null ? given : {};
  const endpoints = Object.fromEntries(
    Object.entries(own).filter(([provider, url]) => isModelProvider(provider) && isText(url)),
  ) as Partial<Record<ModelProvider, string>>;
  return {
    chat: isText(chat) ? chat : BUILT_IN,
    endpoints: {
      openai: endpoints.openai ?? modelProviders.openai.baseUrl,
      anthropic: endpoints.anthropic ?? modelProviders.anthropic.baseUrl,
      compatible: endpoints.compatible ?? modelProviders.compatible.baseUrl,
    },
  };
}

export function onModelSettingsChanged(listener: () => void): Disposable {
  return workspace.onDidChangeConfiguration((event) => {
    if (
      event.affectsConfiguration(settings.chatModel) ||
      event.affectsConfiguration(settings.modelEndpoints)
    ) {
      listener();
    }
  });
}

function ownValue(name: string): unknown {
  return workspace.getConfiguration().inspect(name)?.globalValue;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}
