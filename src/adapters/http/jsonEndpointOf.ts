import type { ModelEndpoint } from '../../core/models/modelEndpoint.ts';
import type { JsonEndpoint } from './postJson.ts';

/** Where and as whom to ask which model. */
export interface JsonEndpointOptions {
  readonly endpoint: ModelEndpoint;
  /** Absent for servers that need none. */
  readonly apiKey?: string;
  /** The model's name as the endpoint knows it. */
  readonly model: string;
  /** Sent with every request, for example for a gateway. */
  readonly headers?: Readonly<Record<string, string>>;
  /** In place of the global one, for example for a proxy. */
  readonly fetch?: typeof fetch;
  /** Where reading an answer stops, in bytes. */
  readonly maxResponseBytes?: number;
  /** Milliseconds since the epoch; the machine's clock unless given. */
  readonly now?: () => number;
}

export function jsonEndpointOf(options: JsonEndpointOptions): JsonEndpoint {
  const { endpoint, apiKey, model, headers, fetch, maxResponseBytes } = options;
  const key = apiKey?.trim() ?? '';
  return {
    baseUrl: endpoint.baseUrl,
    context: {
      endpoint: endpoint.host,
      model,
      secrets: [key, ...Object.values(headers ?? {})],
      hasKey: key !== '',
      now: options.now ?? Date.now,
    },
    apiKey,
    headers,
    fetch,
    maxResponseBytes,
  };
}
