import { endpointContextOf, endpointFetchOf, type EndpointOptions } from './endpointOptions.ts';
import type { Fields } from './looseJson.ts';
import { changeFor, RefusedParameters, withChanges } from './refusedParameters.ts';
import { ModelRefusal } from './refusal.ts';

/** Of the body of a refusal that is read, in bytes: its beginning says what is wrong. */
const MAX_REFUSAL_BYTES = 200_000;

interface Protocol {
  /** Beside those of JSON. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Parameters without which the API takes nothing. */
  readonly required?: readonly string[];
}

/** One request to an endpoint, which can be changed when the endpoint refuses a part of it. */
export class EndpointRequest {
  readonly #options: EndpointOptions;
  readonly #path: string;
  readonly #body: Fields;
  readonly #memory: RefusedParameters;
  readonly #place: string;
  readonly #protocol: Protocol;
  readonly #changes: Map<string, number | null>;

  constructor(options: EndpointOptions, path: string, body: Fields, protocol: Protocol = {}) {
    const { endpoint, model, refusedParameters } = options;
    this.#options = options;
    this.#protocol = protocol;
    this.#path = path;
    this.#body = body;
    this.#memory = refusedParameters ?? new RefusedParameters();
    this.#place = `${endpoint.baseUrl}${path} ${model}`;
    this.#changes = new Map(this.#memory.changesOf(this.#place));
  }

  /** Whether this parameter is not sent, as the endpoint has refused it. */
  leavesOut(parameter: string): boolean {
    return this.#changes.get(parameter) === null;
  }

  /** Resolves to a good answer once it has begun. Throws a `ModelRefusal`, a `ModelError`, or what fetch throws. */
  async send(accept: 'stream' | 'json', signal: AbortSignal): Promise<Response> {
    const { baseUrl, host } = this.#options.endpoint;
    const response = await endpointFetchOf(this.#options, accept)(`${baseUrl}${this.#path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: accept === 'stream' ? 'text/event-stream, application/json' : 'application/json',
        ...this.#protocol.headers,
      },
      body: JSON.stringify(withChanges(this.#body, this.#changes)),
      signal,
    });
    if (!response.ok) throw new ModelRefusal(await beginningOf(response), response);
    this.#memory.learn(this.#place, this.#changes, { endpoint: host, model: this.#options.model });
    return response;
  }

  /** Changes what a refusal complains of; false when it is about nothing that can be changed, or was changed already. */
  adapt(refusal: ModelRefusal): boolean {
    const change = changeFor(refusal, withChanges(this.#body, this.#changes));
    if (!change || this.#isDone(change)) return false;
    const [parameter, limit] = change;
    // Without it, one API takes nothing.
    if (limit === null && this.#protocol.required?.includes(parameter)) return false;
    this.#changes.set(parameter, limit);
    return true;
  }

  #isDone([parameter, limit]: readonly [string, number | null]): boolean {
    const known = this.#changes.get(parameter);
    return known !== undefined && (known === null || limit !== null);
  }

  get context() {
    return endpointContextOf(this.#options);
  }
}

/** A refusal that never ends is a refusal all the same; one that breaks off says what it has said. */
async function beginningOf({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const bytes of body ?? []) {
      text += decoder.decode(bytes as Uint8Array, { stream: true });
      if (text.length > MAX_REFUSAL_BYTES) break;
    }
  } catch {
    // The status is known.
  }
  return text;
}
