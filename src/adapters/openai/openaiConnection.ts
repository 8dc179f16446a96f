import type { OpenAI } from 'openai';
import type { EndpointContext } from '../http/endpointContext.ts';
import { createEndpointFetch } from '../http/endpointFetch.ts';
import { endpointHeaders } from '../http/endpointHeaders.ts';
import type { OpenaiOptions } from './openaiOptions.ts';

/** Deadlines are the model client's; the longest delay of a timer stands for none. */
const NEVER_MS = 2 ** 31 - 1;

/** What the chat model and the completion model of an endpoint have in common. */
export interface OpenaiConnection {
  readonly id: string;
  readonly context: EndpointContext;
  /** POSTs a body; resolves to the stream's events once the answer has begun. Throws what the SDK throws. */
  post(path: string, body: object, signal: AbortSignal): Promise<AsyncIterable<unknown>>;
}

export function createOpenaiConnection(options: OpenaiOptions): OpenaiConnection {
  const { apiKey = '', model, headers } = options;
  const { host } = options.endpoint;
  let client: Promise<OpenAI> | undefined;
  return {
    id: `openai:${model}`,
    context: {
      endpoint: host,
      model,
      secrets: [apiKey.trim(), ...Object.values(headers ?? {})],
      hasKey: apiKey.trim() !== '',
      now: options.now ?? Date.now,
    },
    async post(path, body, signal) {
      const openai = await (client ??= createClient(options));
      return openai.post<AsyncIterable<unknown>>(path, { body, signal, stream: true });
    },
  };
}

/** The SDK is loaded with the first request: most sessions never send one. */
async function createClient(options: OpenaiOptions): Promise<OpenAI> {
  const { baseUrl, host } = options.endpoint;
  const headers = endpointHeaders({
    endpoint: host,
    apiKey: options.apiKey,
    headers: options.headers,
  });
  const { fetch, maxResponseBytes } = options;
  const { OpenAI } = await import('openai');
  return new OpenAI({
    baseURL: baseUrl,
    fetch: createEndpointFetch({ endpoint: host, headers, fetch, maxResponseBytes }),
    // The real key is added by that fetch. All that is given here stops the SDK from looking into the environment.
    apiKey: 'added-later',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    logLevel: 'off',
    maxRetries: 0,
    timeout: NEVER_MS,
  });
}
