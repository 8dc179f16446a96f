import { ModelEndpointError } from '../../core/errors/modelErrors.ts';
import {
  BUILT_IN,
  type ModelAccess,
  type ModelChoice,
  type ModelProvider,
  modelProviders,
  type ModelTask,
  parseModelChoice,
} from '../../core/models/modelChoice.ts';
import { type ModelEndpoint, parseModelEndpoint } from '../../core/models/modelEndpoint.ts';
import { keyOwner, type KeyOwner } from './keyStore.ts';
import type { ModelSettings } from './modelSettings.ts';

/** Which model does a task, and why. */
export type ModelStatus =
  /** Nobody asked for a language model. */
  | { readonly state: 'built-in' }
  | { readonly state: 'ready'; readonly choice: ModelChoice; readonly host: string; readonly hasKey: boolean }
  /** One was asked for, and cannot be used. */
  | { readonly state: 'unusable'; readonly wanted: string; readonly problem: ModelProblem };

export type ModelProblem =
  | { readonly kind: 'restricted' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'endpoint'; readonly message: string }
  | { readonly kind: 'no-key'; readonly host: string };

export interface ModelSurroundings {
  readonly settings: ModelSettings;
  readonly isTrusted: boolean;
  readonly getKey: (owner: KeyOwner) => Promise<string | undefined>;
}

export interface ResolvedModel {
  readonly status: ModelStatus;
  /** With its key; only of a model that is ready. */
  readonly access?: ModelAccess;
}

/** Decides what the settings, the keys and the trust in the workspace come to for a task. */
export async function resolveModel(
  { settings, isTrusted, getKey }: ModelSurroundings,
  task: ModelTask = 'chat',
): Promise<ResolvedModel> {
  const wanted = settings[task].trim();
  const choice = parseModelChoice(wanted, task);
  if (choice === BUILT_IN) return { status: { state: 'built-in' } };
  const unusable = (problem: ModelProblem): ResolvedModel => ({
    status: { state: 'unusable', wanted, problem },
  });
  if (!choice) return unusable({ kind: 'unknown' });
  if (!isTrusted) return unusable({ kind: 'restricted' });
  const endpoint = endpointOf(settings, choice.provider);
  if (endpoint instanceof ModelEndpointError)
    return unusable({ kind: 'endpoint', message: endpoint.message });
  const { baseUrl, host, takesKeys } = endpoint;
  const apiKey = await getKey(keyOwner(choice.provider, endpoint));
  const { needsKey } = modelProviders[choice.provider];
  const headers = new Map(Object.entries(settings.headers)).get(host) ?? {};
  const hasHeaders = Object.keys(headers).length > 0;
  if (!takesKeys && (needsKey || apiKey !== undefined || hasHeaders)) {
    return unusable({ kind: 'endpoint', message: new ModelEndpointError('unencrypted-key', host).message });
  }
  if (apiKey === undefined && needsKey) return unusable({ kind: 'no-key', host });
  const isAllowed = settings.plainHttpHosts.includes(host);
  return {
    status: { state: 'ready', choice, host, hasKey: apiKey !== undefined },
    access: {
      ...choice,
      baseUrl,
      ...(apiKey !== undefined && { apiKey }),
      ...(isAllowed && { plainHttp: true }),
      ...wayTo(settings, headers),
    },
  };
}

function wayTo(
  { proxy }: ModelSettings,
  headers: Readonly<Record<string, string>>,
): Pick<ModelAccess, 'headers' | 'proxy'> {
  return { ...(Object.keys(headers).length > 0 && { headers }), ...(proxy && { proxy }) };
}

/** Where the settings say that a provider is, or why nothing may be sent there. */
export function endpointOf(
  { endpoints, plainHttpHosts }: ModelSettings,
  provider: ModelProvider,
): ModelEndpoint | ModelEndpointError {
  try {
    return parseModelEndpoint(endpoints[provider], { plainHttp: plainHttpHosts });
  } catch (error) {
    if (error instanceof ModelEndpointError) return error;
    throw error;
  }
}
