import { EndpointRequest } from './endpointRequest.ts';
import { errorWithin } from './errorBody.ts';
import type { EndpointOptions } from './endpointOptions.ts';
import type { Fields } from './looseJson.ts';
import { ModelRefusal } from './refusal.ts';
import { toModelError } from './toModelError.ts';

/**
 * Sends one request whose answer comes as a whole and is read by `read`, which throws a `SyntaxError` for what it does not
 * understand. Rejects with a `ModelError`, or with the signal's reason when it aborts.
 */
export async function postJson<T>(
  options: EndpointOptions,
  path: string,
  {
    body,
    read,
    signal,
  }: { body: Fields; read: (answer: unknown, request: EndpointRequest) => T; signal: AbortSignal },
): Promise<T> {
  const request = new EndpointRequest(options, path, body);
  for (;;) {
    let receivedLength: number | undefined;
    try {
      signal.throwIfAborted();
      const response = await request.send('json', signal);
      receivedLength = 0;
      const answer: unknown = JSON.parse(await response.text());
      const error = errorWithin(answer);
      if (error !== undefined) throw new ModelRefusal(error);
      return read(answer, request);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof ModelRefusal && request.adapt(error)) continue;
      throw toModelError(error, request.context, receivedLength);
    }
  }
}
