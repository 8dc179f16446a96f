import { ModelEndpointError } from '../errors/modelErrors.ts';

declare const checked: unique symbol;

/** Where a provider's API is. Only `parseModelEndpoint` makes one, so whoever holds one may send keys and code there. */
export interface ModelEndpoint {
  readonly [checked]: true;
  /** Without a slash at the end, for example `https://api.openai.com/v1`. */
  readonly baseUrl: string;
  /** Host and, unless it is the scheme's own, port: names the endpoint in messages. */
  readonly host: string;
}

/** People paste what the provider's page shows, which is often the address of one call. */
const CALLS = /\/(chat\/completions|completions|messages|fim\/completions)$/;

/** Reads a base URL as a person typed it. Throws `ModelEndpointError` when no request should be sent there. */
export function parseModelEndpoint(text: string): ModelEndpoint {
  const url = URL.parse(text.trim());
  if (url === null || url.hostname === '') throw new ModelEndpointError('not-a-url');
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new ModelEndpointError('not-a-url');
  if (url.username !== '' || url.password !== '') throw new ModelEndpointError('credentials', url.host);
  if (url.search !== '' || url.hash !== '') throw new ModelEndpointError('query', url.host);
  if (url.protocol === 'http:' && !isPrivateHost(url.hostname)) {
    throw new ModelEndpointError('unencrypted', url.host);
  }
  const path = url.pathname.replace(/\/+$/, '').replace(CALLS, '');
  return { baseUrl: `${url.origin}${path}`, host: url.host } as ModelEndpoint;
}

/**
 * True for hosts that packets reach without crossing the internet: this machine, private and link-local addresses (RFC
 * 1918, 3927, 4193, 4291), and names that public DNS never answers (`.local`, `.internal`, `.home.arpa`, single labels).
 *
 * `hostname` is that of a parsed URL: lower case, IPv4 in four decimal parts, IPv6 in brackets and compressed.
 */
export function isPrivateHost(hostname: string): boolean {
  if (hostname.startsWith('[')) return isPrivateIpv6(hostname.slice(1, -1));
  const ipv4 = /^(\d+)\.(\d+)\.\d+\.\d+$/.exec(hostname);
  if (ipv4) return isPrivateIpv4(Number(ipv4[1]), Number(ipv4[2]));
  const name = hostname.replace(/\.$/, '');
  return !name.includes('.') || /\.(localhost|local|internal|home\.arpa)$/.test(name);
}

function isPrivateIpv4(first: number, second: number): boolean {
  if (first === 127 || first === 10) return true;
  if (first === 172) return second >= 16 && second < 32;
  if (first === 192) return second === 168;
  return first === 169 && second === 254;
}

function isPrivateIpv6(address: string): boolean {
  return address === '::1' || /^f[cd]..:/.test(address) || /^fe[89ab].:/.test(address);
}
