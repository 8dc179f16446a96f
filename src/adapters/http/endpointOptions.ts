import type { ModelEndpoint } from '../../core/models/modelEndpoint.ts';
import type { EndpointContext } from './endpointContext.ts';
import { createEndpointFetch, type AnswerType } from './endpointFetch.ts';
import { endpointHeaders } from './endpointHeaders.ts';

/** Where and as whom to ask which model. */
export interface EndpointOptions {
  readonly endpoint: ModelEndpoint;
  /** Absent for servers that need none, as most on one's own machine, and behind a gateway that adds its own. */
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

/** What the answers and the errors of the model's endpoint are read with. */
export function endpointContextOf({
  endpoint,
  apiKey,
  model,
  headers,
  now,
}: EndpointOptions): EndpointContext {
  const key = apiKey?.trim() ?? '';
  return {
    endpoint: endpoint.host,
    model,
    secrets: [key, ...Object.values(headers ?? {})],
    hasKey: key !== '',
    now: now ?? Date.now,
  };
}

/** The `fetch` that adds key and headers; `answer` is what a good answer is. Throws for a key that cannot be sent. */
export function endpointFetchOf(options: EndpointOptions, answer: AnswerType): typeof globalThis.fetch {
  const { apiKey, headers, fetch, maxResponseBytes } = options;
  const endpoint = options.endpoint.host;
  return createEndpointFetch({
    endpoint,
    headers: endpointHeaders({ endpoint, apiKey, headers }),
    fetch,
    maxResponseBytes,
    answer,
  });
}
