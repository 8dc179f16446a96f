import { forEachProvider, modelProviders } from '../../../src/core/models/modelChoice.ts';
import type { Translator } from '../../../src/host/chat/chatNotes.ts';
import type { ModelSettings } from '../../../src/host/models/modelSettings.ts';

/** Fills in texts as the editor does. */
export const english: Translator = {
  t: (message, ...args) => message.replaceAll(/\{(\d+)\}/g, (_, index) => String(args[Number(index)])),
};

export function modelSettings(
  chat: string,
  endpoints: Partial<ModelSettings['endpoints']> = {},
  ranking = 'built-in',
  completion = 'built-in',
): ModelSettings {
  return {
    chat,
    completion,
    ranking,
    embedding: 'built-in',
    endpoints: { ...forEachProvider((provider) => modelProviders[provider].baseUrl), ...endpoints },
    plainHttpHosts: [],
    headers: {},
    proxy: undefined,
  };
}

/** The editor's secret storage, in memory. */
export class MemorySecrets {
  readonly stored = new Map<string, string>();

  keys(): Promise<string[]> {
    return Promise.resolve([...this.stored.keys()]);
  }

  get(name: string): Promise<string | undefined> {
    return Promise.resolve(this.stored.get(name));
  }

  store(name: string, value: string): Promise<void> {
    this.stored.set(name, value);
    return Promise.resolve();
  }

  delete(name: string): Promise<void> {
    this.stored.delete(name);
    return Promise.resolve();
  }
}
