import { workspace, type Disposable } from 'vscode';
import {
  BUILT_IN,
  forEachProvider,
  type ModelProvider,
  modelProviders,
  type ProxyChoice,
} from '../../core/models/modelChoice.ts';
import { settings } from '../editor/contributions.ts';

export interface ModelSettings {
  /** As typed: `built-in`, `provider:model`, or anything else. */
  readonly chat: string;
  /** As typed: `built-in`, `chat` for the model of the chat, `provider:model`, or anything else. */
  readonly completion: string;
  /** The same. */
  readonly ranking: string;
  /** As typed: `built-in`, `provider:model`, or anything else. */
  readonly embedding: string;
  /** Base URLs as typed, or the providers' own. */
  readonly endpoints: Readonly<Record<ModelProvider, string>>;
  /** Hosts that may be asked in plain http, wherever they are. */
  readonly plainHttpHosts: readonly string[];
  /** Headers to send along, by host (with its port, unless it is the scheme's own). */
  readonly headers: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The editor's own proxy, where it has one that can be used here. */
  readonly proxy: ProxyChoice | undefined;
}

/** The editor's own settings; without them it goes by the environment, as we do. */
const PROXY = 'http.proxy';
const NO_PROXY = 'http.noProxy';

/**
 * The user's own settings. Values of a workspace are passed over even where the editor would let them through: whoever
 * wrote the workspace must not decide where code and keys go.
 */
export function readModelSettings(): ModelSettings {
  const chat = ownValue(settings.chatModel);
  const completion = ownValue(settings.completionModel);
  const ranking = ownValue(settings.rankingModel);
  const embedding = ownValue(settings.embeddingModel);
  const given = ownValue(settings.modelEndpoints);
  const plain = ownValue(settings.plainHttpHosts);
  const own = new Map<string, unknown>(entriesOf(given));
  return {
    chat: isText(chat) ? chat : BUILT_IN,
    completion: isText(completion) ? completion : BUILT_IN,
    ranking: isText(ranking) ? ranking : BUILT_IN,
    embedding: isText(embedding) ? embedding : BUILT_IN,
    endpoints: forEachProvider((provider) => {
      const url = own.get(provider);
      return isText(url) ? url : modelProviders[provider].baseUrl;
    }),
    plainHttpHosts: Array.isArray(plain) ? plain.filter(isText).map((host) => host.trim().toLowerCase()) : [],
    headers: readHeaders(ownValue(settings.modelHeaders)),
    proxy: readProxy(ownValue(PROXY), ownValue(NO_PROXY)),
  };
}

/** Proxies that do not speak http are passed over. */
function readProxy(url: unknown, except: unknown): ProxyChoice | undefined {
  if (!isText(url) || !/^https?:\/\//i.test(url.trim()) || !URL.canParse(url.trim())) return undefined;
  return { url: url.trim(), except: Array.isArray(except) ? except.filter(isText) : [] };
}

/** What is no text is passed over. */
function readHeaders(value: unknown): ModelSettings['headers'] {
  return Object.fromEntries(
    entriesOf(value).map(([host, headers]) => [
      host.trim().toLowerCase(),
      Object.fromEntries(
        entriesOf(headers).filter((each): each is [string, string] => typeof each[1] === 'string'),
      ),
    ]),
  );
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

const WATCHED = [
  settings.chatModel,
  settings.completionModel,
  settings.rankingModel,
  settings.embeddingModel,
  settings.modelEndpoints,
  settings.plainHttpHosts,
  settings.modelHeaders,
  PROXY,
  NO_PROXY,
];

export function onModelSettingsChanged(listener: () => void): Disposable {
  return workspace.onDidChangeConfiguration((event) => {
    if (WATCHED.some((name) => event.affectsConfiguration(name))) listener();
  });
}

function ownValue(name: string): unknown {
  return workspace.getConfiguration().inspect(name)?.globalValue;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}
