import type { SecretStorage } from 'vscode';
import { isModelProvider, type ModelProvider } from '../../core/models/modelChoice.ts';
import type { ModelEndpoint } from '../../core/models/modelEndpoint.ts';

/** Whose key it is: a provider's at an origin, such as `https://api.openai.com`. */
export interface KeyOwner {
  readonly provider: ModelProvider;
  readonly origin: string;
}

const PREFIX = 'touchstone.key';

/**
 * The keys of models, in the editor's secret storage. A key belongs to the origin it was entered for: when the address of
 * a provider changes to another origin, there is no key for it until somebody enters one.
 */
export class KeyStore {
  readonly #secrets: Pick<SecretStorage, 'get' | 'store' | 'delete' | 'keys'>;

  constructor(secrets: Pick<SecretStorage, 'get' | 'store' | 'delete' | 'keys'>) {
    this.#secrets = secrets;
  }

  async get(owner: KeyOwner): Promise<string | undefined> {
    const key = await this.#secrets.get(nameOf(owner));
    return key === '' ? undefined : key;
  }

  async set(owner: KeyOwner, key: string): Promise<void> {
    await this.#secrets.store(nameOf(owner), key.trim());
  }

  async clear(owner: KeyOwner): Promise<void> {
    await this.#secrets.delete(nameOf(owner));
  }

  /** Everybody who has a key, those of addresses no longer configured included. */
  async owners(): Promise<readonly KeyOwner[]> {
    return (await this.#secrets.keys()).flatMap(readName);
  }
}

/** The owner of the key for an address. */
export function keyOwner(provider: ModelProvider, endpoint: ModelEndpoint): KeyOwner {
  return { provider, origin: new URL(endpoint.baseUrl).origin };
}

function nameOf({ provider, origin }: KeyOwner): string {
  return `${PREFIX} ${provider} ${origin}`;
}

function readName(name: string): readonly KeyOwner[] {
  const [prefix, provider = '', origin = ''] = name.split(' ');
  return prefix === PREFIX && isModelProvider(provider) && origin !== '' ? [{ provider, origin }] : [];
}
