import type { OpenAI } from 'openai';
import {
  type EndpointContext,
  endpointContextOf,
  endpointFetchOf,
  type EndpointOptions,
} from '../http/endpointOptions.ts';
import type { OpenaiProfile } from './openaiProfile.ts';

export interface OpenaiOptions extends EndpointOptions {
  /** By the endpoint's host unless given. */
  readonly profile?: OpenaiProfile;
}

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
  let client: Promise<OpenAI> | undefined;
  return {
    id: `openai:${options.model}`,
    context: endpointContextOf(options),
    async post(path, body, signal) {
      const openai = await (client ??= createClient(options));
      return openai.post<AsyncIterable<unknown>>(path, { body, signal, stream: true });
    },
  };
}

/** The SDK is loaded with the first request: most sessions never send one. */
async function createClient(options: OpenaiOptions): Promise<OpenAI> {
  const fetch = endpointFetchOf(options, 'stream');
  const { OpenAI } = await import('openai');
  return new OpenAI({
    baseURL: options.endpoint.baseUrl,
    fetch,
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
