import { ModelResponseError } from '../../core/errors/modelErrors.ts';
import { causesOf } from './causesOf.ts';
import { connectionError } from './connectionError.ts';
import { limitBytes } from './limitBytes.ts';

export interface EndpointFetchOptions {
  /** Host, for messages. */
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly fetch?: typeof fetch | undefined;
  readonly maxResponseBytes?: number | undefined;
  /** What a good answer is; a stream of events unless given. */
  readonly answer?: AnswerType | undefined;
}

export type AnswerType = 'stream' | 'json';

/** Headers of an SDK that say something about the request; all others describe the machine or come from its environment. */
const KEPT = ['accept', 'content-type', 'anthropic-version'];

/** Far above any answer: 64 k tokens, each in an event of its own, are about 20 MB. */
const MAX_RESPONSE_BYTES = 64_000_000;

/** Content types; some servers send none or a vague one. */
const CONTENT_TYPES: Readonly<Record<AnswerType, RegExp>> = {
  stream: /^$|text\/event-stream|text\/plain|application\/octet-stream/,
  json: /^$|[/+]json$|text\/plain|application\/octet-stream/,
};

/**
 * A `fetch` for one endpoint, to be given to its SDK. The key is added here, so that the SDK never has it; redirects are
 * refused, because not all of them would leave the key behind; so are answers of the wrong type or without an end.
 */
export function createEndpointFetch(options: EndpointFetchOptions): typeof fetch {
  const { endpoint, maxResponseBytes = MAX_RESPONSE_BYTES, answer = 'stream' } = options;
  return async (input, init) => {
    const headers = { ...keptHeaders(init?.headers), 'user-agent': 'Touchstone', ...options.headers };
    const send = options.fetch ?? globalThis.fetch;
    const response = await send(input, { ...init, headers, redirect: 'manual' }).catch((error: unknown) => {
      if (init?.signal?.aborted) throw error;
      throw connectionError(endpoint, causesOf(error), undefined);
    });
    const problem = findProblem(response, endpoint, answer);
    if (problem) {
      await response.body?.cancel();
      throw problem;
    }
    return limitBytes(response, maxResponseBytes, () => new ModelResponseError(endpoint, 'too-large'));
  };
}

function keptHeaders(headers: RequestInit['headers']): Readonly<Record<string, string>> {
  const all = new Headers(headers);
  return Object.fromEntries(KEPT.flatMap((name) => (all.has(name) ? [[name, all.get(name) ?? '']] : [])));
}

function findProblem(
  response: Response,
  endpoint: string,
  answer: AnswerType,
): ModelResponseError | undefined {
  if (response.status >= 300 && response.status < 400) {
    const target = URL.parse(response.headers.get('location') ?? '', `https://${endpoint}`);
    return new ModelResponseError(endpoint, 'redirect', target?.origin ?? 'another address');
  }
  const type = (response.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (!response.ok || CONTENT_TYPES[answer].test(type)) return undefined;
  return new ModelResponseError(endpoint, 'content-type', type.slice(0, 60));
}
