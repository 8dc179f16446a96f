import { EnvHttpProxyAgent, fetch } from 'undici';

/** A `fetch` through the proxies that these variables name. As with curl, those in lower case come first. */
export function envProxyFetch(env: Readonly<Record<string, string | undefined>>): typeof globalThis.fetch {
  const httpProxy = env['http_proxy'] ?? env['HTTP_PROXY'];
  const httpsProxy = env['https_proxy'] ?? env['HTTPS_PROXY'];
  const noProxy = env['no_proxy'] ?? env['NO_PROXY'];
  const dispatcher = new EnvHttpProxyAgent({
    ...(httpProxy !== undefined && { httpProxy }),
    ...(httpsProxy !== undefined && { httpsProxy }),
    ...(noProxy !== undefined && { noProxy }),
  });
  const send = async (input: unknown, init: unknown): Promise<unknown> =>
    fetch(String(input), { ...(init as Parameters<typeof fetch>[1]), dispatcher });
  return send as typeof globalThis.fetch;
}
