import { ModelAuthError, ModelEndpointError, ModelResponseError } from '../../core/errors/modelErrors.ts';
import type { ModelEndpoint } from '../../core/models/modelEndpoint.ts';
import { causesOf } from './causesOf.ts';
import { connectionError } from './connectionError.ts';
import { providerMessage } from './providerMessage.ts';
import type { EndpointContext } from './refusal.ts';
import type { RefusedParameters } from './refusedParameters.ts';

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
  /** What endpoints have refused before; of this request alone unless given. */
  readonly refusedParameters?: RefusedParameters;
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

type AnswerType = 'stream' | 'json';

/** Far above any answer: 64 k tokens, each in an event of its own, are about 20 MB. */
const MAX_RESPONSE_BYTES = 64_000_000;

/** Content types; some servers send none or a vague one, and some a whole answer where a stream was asked for. */
const CONTENT_TYPES: Readonly<Record<AnswerType, RegExp>> = {
  stream: /^$|event-?stream|[/+](x-)?(nd)?json|jsonl|text\/plain|application\/octet-stream/,
  json: /^$|[/+]json$|text\/(plain|json)|application\/octet-stream/,
};

/**
 * A `fetch` for one endpoint, which adds key and headers; `answer` is what a good answer is. Redirects are refused, because
 * not all of them would leave the key behind; so are answers of the wrong type or without an end. Throws for a key that
 * cannot be sent.
 */
export function endpointFetchOf(options: EndpointOptions, answer: AnswerType): typeof fetch {
  const { maxResponseBytes = MAX_RESPONSE_BYTES } = options;
  const { endpoint, secrets } = endpointContextOf(options);
  const identity = endpointHeaders(options);
  if (!options.endpoint.takesKeys && Object.keys(identity).length > 0) {
    throw new ModelEndpointError('unencrypted-key', endpoint);
  }
  return async (input, init) => {
    const headers = {
      ...Object.fromEntries(new Headers(init?.headers)),
      'user-agent': 'Touchstone',
      ...identity,
    };
    const send = options.fetch ?? globalThis.fetch;
    const response = await send(input, { ...init, headers, redirect: 'manual' }).catch((error: unknown) => {
      if (init?.signal?.aborted) throw error;
      throw connectionError(endpoint, causesOf(error), undefined);
    });
    const problem = findProblem(response, { endpoint, secrets }, answer);
    if (problem) {
      await response.body?.cancel();
      throw problem;
    }
    return limitBytes(response, maxResponseBytes, () => new ModelResponseError(endpoint, 'too-large'));
  };
}

function findProblem(
  response: Response,
  { endpoint, secrets }: Pick<EndpointContext, 'endpoint' | 'secrets'>,
  answer: AnswerType,
): ModelResponseError | undefined {
  if (response.status >= 300 && response.status < 400) {
    const target = URL.parse(response.headers.get('location') ?? '', `https://${endpoint}`);
    const origin = target && target.origin !== 'null' ? target.origin : 'another address';
    return new ModelResponseError(endpoint, 'redirect', providerMessage(origin, secrets));
  }
  const type = (response.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (!response.ok || CONTENT_TYPES[answer].test(type)) return undefined;
  return new ModelResponseError(endpoint, 'content-type', providerMessage(type, secrets).slice(0, 60));
}

const KEY = /^[\x21-\x7e]+$/;
/** These are about the connection, and whoever sets them breaks it. */
const TRANSPORT =
  /^(host|content-length|transfer-encoding|connection|keep-alive|upgrade|expect|te|trailer|proxy-.*|accept-encoding)$/i;
const HEADER_VALUE = /^[\t\x20-\x7e]*$/;

/** The headers that identify us to an endpoint. What fetch would reject is reported here, because fetch quotes values. */
function endpointHeaders({
  endpoint,
  apiKey = '',
  headers = {},
}: EndpointOptions): Readonly<Record<string, string>> {
  const key = apiKey.trim();
  if (key !== '' && !KEY.test(key)) throw new ModelAuthError(endpoint.host, 'malformed');
  const given = Object.entries(headers);
  for (const [name, value] of given) {
    if (!/^[\w-]+$/.test(name) || TRANSPORT.test(name) || !HEADER_VALUE.test(value)) {
      throw new ModelEndpointError('header', JSON.stringify(name));
    }
  }
  // One of the same name, however it is written, takes the place of ours.
  const own = given.map(([name, value]) => [name.toLowerCase(), value] as const);
  return { ...(key === '' ? {} : { authorization: `Bearer ${key}` }), ...Object.fromEntries(own) };
}

/** The same response, whose body fails with `tooMuch()` when it has more than `maxBytes`. */
function limitBytes(response: Response, maxBytes: number, tooMuch: () => Error): Response {
  let bytes = 0;
  const counted = response.body?.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        bytes += chunk.byteLength;
        if (bytes > maxBytes) controller.error(tooMuch());
        else controller.enqueue(chunk);
      },
    }),
  );
  if (!counted) return response;
  return new Response(counted, {
    status: response.status,
    statusText: response.statusText,
    headers: response.headers,
  });
}
