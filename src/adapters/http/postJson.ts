import { endpointContextOf, endpointFetchOf, type EndpointOptions } from './endpointOptions.ts';
import { toModelError } from './toModelError.ts';

/**
 * Sends one request whose answer comes as a whole and is read by `read`, which throws a zod error for what it does not
 * understand. Rejects with a `ModelError`, or with the signal's reason when it aborts. For endpoints so plain that an SDK
 * would only add its weight.
 */
export async function postJson<T>(
  options: EndpointOptions,
  path: string,
  { body, read, signal }: { body: object; read: (answer: unknown) => T; signal: AbortSignal },
): Promise<T> {
  const { baseUrl } = options.endpoint;
  let receivedLength: number | undefined;
  try {
    signal.throwIfAborted();
    const send = endpointFetchOf(options, 'json');
    const response = await send(`${baseUrl}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(body),
      signal,
    });
    receivedLength = response.ok ? 0 : undefined;
    const text = await response.text();
    // The shape in which SDKs throw refusals, so that all are read alike.
    if (!response.ok) throw refusal(response, text);
    return read(JSON.parse(text));
  } catch (error) {
    signal.throwIfAborted();
    throw toModelError(error, endpointContextOf(options), receivedLength);
  }
}

class HttpRefusal extends Error {
  override readonly name = 'HttpRefusal';
  readonly status: number;
  readonly headers: Headers;
  readonly error: unknown;

  constructor(response: Response, body: unknown) {
    super(`status ${String(response.status)}`);
    this.status = response.status;
    this.headers = response.headers;
    this.error = body;
  }
}

function refusal(response: Response, text: string): HttpRefusal {
  try {
    return new HttpRefusal(response, JSON.parse(text));
  } catch {
    return new HttpRefusal(response, text);
  }
}
