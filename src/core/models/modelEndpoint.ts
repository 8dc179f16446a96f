import { ModelEndpointError } from '../errors/modelErrors.ts';
import { reachOf } from './hostReach.ts';

declare const checked: unique symbol;

/** Where a provider's API is. Only `parseModelEndpoint` makes one, so whoever holds one may send code there. */
export interface ModelEndpoint {
  readonly [checked]: true;
  /** Without a slash at the end, for example `https://api.openai.com/v1`. */
  readonly baseUrl: string;
  /** Host and, unless it is the scheme's own, port: names the endpoint in messages. */
  readonly host: string;
  /** False where a key could be read on its way: plain http that leaves this machine. */
  readonly takesKeys: boolean;
}

export interface EndpointPermissions {
  /**
   * Hosts, with their port unless it is 80, that code and keys may be sent to in plain http: what the user has said, whatever
   * the address looks like. `true` for any.
   */
  readonly plainHttp?: boolean | readonly string[];
}

/** People paste what the provider's page shows, which is often the address of one call. */
const CALLS =
  /\/(chat\/completions|fim\/completions|completions|messages|responses|embeddings|embed|rerank|infill|models(\/[^/]{1,200})?)$/;
/** Ollama's own calls stand beside those that it shares with others. */
const OLLAMA_CALLS = /\/api\/(chat|generate|embed|embeddings|tags|show)$/;

/** Reads a base URL as a person typed it. Throws `ModelEndpointError` when no request should be sent there. */
export function parseModelEndpoint(
  text: string,
  { plainHttp = false }: EndpointPermissions = {},
): ModelEndpoint {
  const url = URL.parse(text.trim());
  if (url === null || url.hostname === '') throw new ModelEndpointError('not-a-url');
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new ModelEndpointError('not-a-url');
  if (url.username !== '' || url.password !== '') throw new ModelEndpointError('credentials', url.host);
  if (url.search !== '' || url.hash !== '') throw new ModelEndpointError('query', url.host);
  const isAllowed = plainHttp === true || (plainHttp !== false && plainHttp.includes(url.host));
  const reach = url.protocol === 'https:' || isAllowed ? 'machine' : reachOf(url.hostname);
  if (reach === 'internet') throw new ModelEndpointError('unencrypted', url.host);
  const path = url.pathname
    .replace(/(?<!\/)\/+$/, '')
    .replace(OLLAMA_CALLS, '/v1')
    .replace(CALLS, '');
  return { baseUrl: `${url.origin}${path}`, host: url.host, takesKeys: reach === 'machine' } as ModelEndpoint;
}
